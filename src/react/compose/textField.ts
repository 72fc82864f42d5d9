import { createComposition } from './composition.js'
import { isUntoldKey } from './isUntoldKey.js'
import { createLateInput } from './lateInput.js'

/** Where the caret stands, or what is selected. */
export type Caret = readonly [start: number, end: number]

/** A text field, as the owner of its text. */
export interface TextField {
  /** Follows an element, or none. */
  attach: (element: HTMLTextAreaElement | null) => void
  element: () => HTMLTextAreaElement | null
  /** The text that is in it now, whoever put it there. */
  text: () => string
  caret: () => Caret | null
  /** Puts a text in its place from code: no edit. The caret stays where it can, or goes where it is told. */
  write: (text: string, caret?: Caret | null) => void
  /** Inserts at the caret as a key would: an edit, with its place among what can be undone. */
  insert: (text: string) => void
  /** Empties the field, and keeps an input method or dictation from bringing back what was taken. */
  take: () => void
  isComposing: () => boolean
  /** Goes on once nothing is composed, which it leaves alone: to write over it tears it apart. */
  whenComposed: (then: () => void) => void
  /** Ends what an input method composes, and goes on when it is in the text. */
  commit: (then: () => void) => void
}

/**
 * @param initial what an element has in it when it is made.
 * @param onEdit told of each edit, whatever made it: a key, an input method, a paste, a drop, dictation, undo.
 */
export function createTextField(initial: string, onEdit: (text: string) => void): TextField {
  let element: HTMLTextAreaElement | null = null
  let known = initial
  let caretWhenFocused: { caret: Caret; left: string } | null = null
  let detach: (() => void) | null = null
  const composition = createComposition()
  const late = createLateInput()

  const look = (event: Event) => {
    if (element === null || element.value === known) return
    if (late.isLate(element.value, (event as Partial<InputEvent>).inputType)) {
      write('')
      return
    }
    known = element.value
    onEdit(known)
  }

  function write(text: string, caret?: Caret | null): void {
    known = text
    if (element === null) return
    const before = caret ?? [element.selectionStart, element.selectionEnd]
    if (element.value !== text) {
      element.value = text
      // It ends what was being composed, and no browser tells.
      composition.drop()
    }
    if (isFocused(element)) element.setSelectionRange(...before)
    // Some browsers move the focus with the selection.
    else caretWhenFocused = caret === undefined || caret === null ? null : { caret, left: selection(element) }
  }

  function insertAtCaret(text: string): void {
    if (element === null) return
    late.end()
    element.focus()
    // A field that can't be seen takes no focus: the browser would insert into another one.
    if (isFocused(element) && isInsertedByBrowser(element.ownerDocument, text)) return
    element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end')
    element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }))
  }

  function listen(target: HTMLTextAreaElement): () => void {
    const { form } = target
    const keepText = () => {
      const text = known
      const caret = [target.selectionStart, target.selectionEnd] as const
      const putBack = () => {
        if (element === target && known === text) write(text, caret)
      }
      // A script's reset is over when the script is; one by hand not before the event is.
      queueMicrotask(putBack)
      setTimeout(putBack)
    }
    const listeners: [target: EventTarget | null, type: string, listener: (event: Event) => void][] = [
      [target, 'input', look],
      [target, 'compositionstart', late.end],
      [target, 'paste', late.end],
      [target, 'drop', late.end],
      [target, 'keydown', (event) => !isUntoldKey(event as KeyboardEvent) && late.end()],
      [
        target,
        'focus',
        () => {
          // Not where someone chose another place meanwhile.
          if (caretWhenFocused?.left === selection(target))
            target.setSelectionRange(...caretWhenFocused.caret)
          caretWhenFocused = null
        },
      ],
      // The text is the box's: a reset of the form around it, as React makes after a form's action, leaves it.
      [form, 'reset', keepText],
    ]
    for (const [on, type, listener] of listeners) on?.addEventListener(type, listener)
    return () => {
      for (const [on, type, listener] of listeners) on?.removeEventListener(type, listener)
    }
  }

  return {
    attach(next) {
      if (next === element) return
      known = element?.value ?? known
      detach?.()
      composition.follow(next)
      element = next
      detach = next === null ? null : listen(next)
      // What is not as it was made was written into it, before there was a script.
      if (next !== null && next.value === initial && known !== initial) write(known)
    },
    element: () => element,
    text: () => element?.value ?? known,
    caret: () => (element === null ? null : [element.selectionStart, element.selectionEnd]),
    write,
    insert(text) {
      if (element === null) {
        known += text
        onEdit(known)
      } else if (!element.disabled && !element.readOnly) composition.end(() => insertAtCaret(text))
    },
    take() {
      late.expect(element?.value ?? known, composition.committed())
      write('', [0, 0])
    },
    isComposing: composition.isComposing,
    whenComposed: composition.wait,
    commit: composition.end,
  }
}

function selection({ selectionStart, selectionEnd }: HTMLTextAreaElement): string {
  return `${selectionStart}-${selectionEnd}`
}

function isFocused(element: HTMLElement): boolean {
  return (element.getRootNode() as Document | ShadowRoot).activeElement === element
}

/** The one way for code to write that can be undone. */
function isInsertedByBrowser(document: Document, text: string): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing took its place
    return document.execCommand('insertText', false, text)
  } catch {
    return false
  }
}
