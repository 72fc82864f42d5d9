import { isFocused } from './isFocused.js'
import { revealCaret } from './revealCaret.js'
import { windowOf } from './windowOf.js'

/** Where the caret stands, or what is selected. */
export type Caret = readonly [start: number, end: number]

/** The caret of a field, also while the field does not have the focus. */
export interface FieldCaret {
  follow: (element: HTMLTextAreaElement | null) => void
  /** Where it stands, or will when the field has the focus. */
  place: () => Caret | null
  /** Puts it there, in view; at the latest when the field has the focus. `null` leaves it where the browser has it. */
  put: (caret: Caret | null) => void
}

export function createFieldCaret(): FieldCaret {
  let element: HTMLTextAreaElement | null = null
  let wasFocused = false
  /** What some browsers move the focus for waits until the field has it. */
  let waiting: { caret: Caret; left: string } | null = null

  const place = (): Caret | null => {
    if (element === null) return null
    const { selectionStart, selectionEnd, value } = element
    if (waiting?.left === selection(element)) return waiting.caret
    // Browsers begin before a text that a field was made with; who never went there writes on behind it.
    return !wasFocused && selectionEnd === 0 ? [value.length, value.length] : [selectionStart, selectionEnd]
  }
  const onFocus = ({ target }: Event) => {
    const field = target as HTMLTextAreaElement
    wasFocused = true
    if (waiting === null) return
    const { caret, left } = waiting
    const settle = () => {
      if (selection(field) === left) field.setSelectionRange(...caret)
    }
    settle()
    // Safari restores the selection when the event is over.
    windowOf(field).requestAnimationFrame(() => {
      if (!isFocused(field) || waiting?.caret !== caret) return
      settle()
      if (selection(field) === caret.join('-')) revealCaret(field)
      waiting = null
    })
  }
  /** Who points at a place has chosen it. */
  const onMouseDown = () => {
    waiting = null
  }

  return {
    follow(next) {
      element?.removeEventListener('focus', onFocus)
      element?.removeEventListener('mousedown', onMouseDown)
      next?.addEventListener('focus', onFocus)
      next?.addEventListener('mousedown', onMouseDown)
      element = next
      wasFocused = next !== null && isFocused(next)
      waiting = null
    },
    place,
    put(caret) {
      if (element === null) return
      if (!isFocused(element)) {
        waiting = caret === null ? null : { caret, left: selection(element) }
        return
      }
      waiting = null
      if (caret !== null) element.setSelectionRange(...caret)
      revealCaret(element)
    },
  }
}

function selection({ selectionStart, selectionEnd }: HTMLTextAreaElement): string {
  return `${selectionStart}-${selectionEnd}`
}
