const notText =
  /^(button|checkbox|color|date|datetime-local|file|hidden|image|month|radio|range|reset|submit|time|week|select-.*)$/

/** What can be seen in an editable element without being text: emoji, stickers, mentions. */
const pictures = 'img,svg,picture,canvas,video,audio,object,embed,iframe,[contenteditable=false]'

/**
 * The field that an input event edited, wherever its listener is; `null` if it takes no text, like a checkbox in the same
 * form.
 */
export function editedField(event: Event): Element | null {
  // The target of an event from an open shadow root is only the root's host.
  const field = (event.composedPath()[0] ?? event.target) as (Element & { type?: unknown }) | null
  return field !== null && typeof field.type === 'string' && notText.test(field.type) ? null : field
}

/** Whether an event happened inside an element, and not in a portal, whose events reach it only through React. */
export function isInside(element: EventTarget, event: Event): boolean {
  const path = event.composedPath()
  return path.length === 0 || path.includes(element)
}

/** The text of a field or an editable element; `undefined` for anything else, or if pictures stand for text. */
export function textOf(field: Element): string | undefined {
  const { value, isContentEditable, textContent } = field as Partial<HTMLTextAreaElement>
  if (typeof value === 'string') return value
  return isContentEditable === true && field.querySelector(pictures) === null
    ? (textContent ?? '')
    : undefined
}
