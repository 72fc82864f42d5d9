import { windowOf } from './windowOf.js'

/**
 * Scrolls a field so that its caret can be seen: only what someone writes does that by itself, not what code writes.
 */
export function revealCaret(field: HTMLTextAreaElement): void {
  const { clientHeight, scrollHeight, selectionEnd: caret, value } = field
  if (scrollHeight <= clientHeight) return
  if (caret >= value.length) {
    field.scrollTop = scrollHeight
    return
  }
  const [line, bottom] = measure(field, caret)
  const highest = bottom - clientHeight
  const lowest = bottom - line
  if (field.scrollTop < highest) field.scrollTop = highest
  else if (field.scrollTop > lowest) field.scrollTop = lowest
}

const hidden = `position: absolute; visibility: hidden; box-sizing: content-box; height: 0; min-height: 0;
  border: 0; overflow: hidden; field-sizing: fixed; transition: none`.replaceAll(/;|$/g, ' !important;')

/** How high one line is, and how high all of them down to the caret, each with the padding: a copy is asked. */
function measure(field: HTMLTextAreaElement, caret: number): [line: number, bottom: number] {
  const copy = field.cloneNode() as HTMLTextAreaElement
  for (const name of ['id', 'name', 'autofocus', 'required']) copy.removeAttribute(name)
  copy.style.cssText = `${hidden} width: ${field.clientWidth - paddingOf(field)}px !important`
  field.after(copy)
  const heightOf = (text: string) => {
    copy.value = text
    return copy.scrollHeight
  }
  // A word that the caret stands in may have been wrapped whole.
  const word = /^\S{0,100}/.exec(field.value.slice(caret, caret + 100))
  const heights = [heightOf(''), heightOf(field.value.slice(0, caret) + (word?.[0] ?? ''))] as const
  copy.remove()
  return [...heights]
}

function paddingOf(field: HTMLTextAreaElement): number {
  const { paddingLeft, paddingRight } = windowOf(field).getComputedStyle(field)
  return parseFloat(paddingLeft) + parseFloat(paddingRight)
}
