/** One event of a log that was recorded on a field, without what the browser adds by itself. */
export type RecordedEvent = RecordedKey | RecordedComposition | RecordedEdit

export interface RecordedKey {
  type: 'keydown' | 'keyup'
  key: string
  /** 229: the key belongs to an input method. */
  keyCode: number
  isComposing?: boolean
  repeat?: boolean
  ctrlKey?: boolean
  metaKey?: boolean
  shiftKey?: boolean
  /** What the browser does with the key when nobody prevents it. */
  then?: readonly RecordedEvent[]
}

export interface RecordedComposition {
  type: 'compositionstart' | 'compositionupdate' | 'compositionend'
  data: string
}

/** A `beforeinput`, what it does to the text, and the `input` that tells of it. */
export interface RecordedEdit {
  type: 'input'
  inputType: string
  data: string | null
  isComposing?: boolean
  /** How many characters before the caret it replaces. @default what is selected, or what is being composed */
  replaces?: number
  /** Whether the browser tells of it beforehand. @default true */
  hasBeforeInput?: boolean
}

/** What the browser lets nobody prevent. */
const bindingInputTypes = ['insertCompositionText', 'insertFromComposition', 'deleteCompositionText']
const composedLengths = new WeakMap<HTMLTextAreaElement, number>()

/** Lets the events of a log happen to a field, as the browser that they were recorded in does them. */
export function replay(field: HTMLTextAreaElement, events: readonly RecordedEvent[]): void {
  for (const event of events) {
    if ('key' in event) press(field, event)
    else if ('inputType' in event) edit(field, event)
    else compose(field, event)
  }
}

function press(field: HTMLTextAreaElement, { type, then = [], ...init }: RecordedKey): void {
  const isAllowed = field.dispatchEvent(
    new KeyboardEvent(type, { bubbles: true, cancelable: true, composed: true, ...init }),
  )
  if (isAllowed) replay(field, then)
}

function compose(field: HTMLTextAreaElement, { type, data }: RecordedComposition): void {
  if (type === 'compositionstart') {
    composedLengths.set(field, 0)
    field.addEventListener('blur', commit)
  }
  if (type === 'compositionend') forget(field)
  field.dispatchEvent(new CompositionEvent(type, { bubbles: true, composed: true, data }))
}

/** A field that loses the focus keeps what is being composed in it. */
function commit({ currentTarget }: Event): void {
  const field = currentTarget as HTMLTextAreaElement
  const { selectionStart, value } = field
  const data = value.slice(Math.max(0, selectionStart - (composedLengths.get(field) ?? 0)), selectionStart)
  compose(field, { type: 'compositionend', data })
}

function forget(field: HTMLTextAreaElement): void {
  composedLengths.delete(field)
  field.removeEventListener('blur', commit)
}

function edit(field: HTMLTextAreaElement, recorded: RecordedEdit): void {
  const { inputType, data, isComposing = false, hasBeforeInput = true } = recorded
  const isBinding = bindingInputTypes.includes(inputType)
  const init = { bubbles: true, composed: true, inputType, data, isComposing }
  const composed = composedLengths.get(field) ?? 0
  if (hasBeforeInput) {
    const before = new InputEvent('beforeinput', { ...init, cancelable: !isBinding })
    if (!field.dispatchEvent(before)) return
  }
  const replaces = recorded.replaces ?? (isBinding ? composed : 0)
  const start = Math.max(0, field.selectionStart - replaces)
  const text = inputType === 'insertLineBreak' ? '\n' : (data ?? '')
  field.setRangeText(text, start, field.selectionEnd, 'end')
  if (composedLengths.has(field) && isBinding) composedLengths.set(field, text.length)
  field.dispatchEvent(new InputEvent('input', init))
}
