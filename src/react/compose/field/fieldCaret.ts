import { isFocused, listen, windowOf } from './fieldElement.js'

/** Where the caret stands, or what is selected. */
export type Caret = readonly [start: number, end: number]

/** The caret of a field, also while the field doesn't have the focus. */
export interface FieldCaret {
  follow: (element: HTMLTextAreaElement | null) => void
  /**
   * Where it stands, or will stand once the field has the focus.
   *
   * @param next the text that the field is about to get. A caret at the end of the old one goes to its end.
   */
  place: (next?: string) => Caret | null
  /** Puts it there, in view, at the latest when the field gets the focus. */
  put: (caret: Caret | null) => void
}

export function createFieldCaret(): FieldCaret {
  let element: HTMLTextAreaElement | null = null
  let unlisten: (() => void) | undefined
  let wasFocused = false
  /** Some browsers move the focus for a selection, so it waits until the field has the focus. */
  let waiting: { caret: Caret; left: string } | null = null

  const forget = () => {
    waiting = null
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
    // Safari restores the selection after the event.
    windowOf(field).requestAnimationFrame(() => {
      if (!isFocused(field) || waiting?.caret !== caret) return
      settle()
      if (selection(field) === caret.join('-')) reveal(field)
      waiting = null
    })
  }

  return {
    follow(next) {
      unlisten?.()
      element = next
      wasFocused = next !== null && isFocused(next)
      waiting = null
      unlisten = listen(next, {
        focus: onFocus,
        // A click or tap has already chosen the place.
        mousedown: forget,
        // It had the focus, and may have been put elsewhere meanwhile.
        blur: forget,
      })
    },
    place(next) {
      if (element === null) return null
      const { selectionStart, selectionEnd, value } = element
      const { length } = next ?? value
      const end: Caret = [length, length]
      // Browsers put the caret before a field's initial text; people go on writing after it.
      const here: Caret = !wasFocused && selectionEnd === 0 ? end : [selectionStart, selectionEnd]
      const caret = waiting?.left === selection(element) ? waiting.caret : here
      return caret[0] >= value.length ? end : caret
    },
    put(caret) {
      if (element === null || caret === null) return
      if (!isFocused(element)) {
        waiting = { caret, left: selection(element) }
        return
      }
      waiting = null
      element.setSelectionRange(...caret)
      reveal(element)
    },
  }
}

function selection({ selectionStart, selectionEnd }: HTMLTextAreaElement): string {
  return `${selectionStart}-${selectionEnd}`
}

/** Scrolls the caret into view. Browsers do that for what someone types, not for what code writes. */
function reveal(field: HTMLTextAreaElement): void {
  const { clientHeight, clientWidth, scrollHeight, selectionEnd, value } = field
  if (scrollHeight <= clientHeight) return
  // A word around the caret may have been wrapped whole.
  const end = selectionEnd + value.slice(selectionEnd).search(/\s|$/)
  const copy = field.cloneNode() as HTMLTextAreaElement
  // After the styles that the host gave it, which decide how its text wraps.
  copy.style.cssText += `; position: absolute; box-sizing: border-box; width: ${clientWidth}px; min-width: 0; max-width: none; height: 0; min-height: 0; border: 0; overflow: hidden; field-sizing: fixed`
  field.after(copy)
  const heightOf = (text: string) => {
    copy.value = text
    return copy.scrollHeight
  }
  const bottom = heightOf(value.slice(0, end))
  field.scrollTop = Math.max(bottom - clientHeight, Math.min(bottom - heightOf(''), field.scrollTop))
  copy.remove()
}
