const notText = /^(button|checkbox|color|file|hidden|image|radio|range|reset|submit|select-.*)$/

/**
 * The field that an input event edited, wherever its listener stands; `null` if it was no field for text: a checkbox in
 * the same form, say.
 */
export function editedField(event: Event): Element | null {
  // Out of an open shadow root; the target of an event that left it is only its host.
  const field = (event.composedPath()[0] ?? event.target) as (Element & { type?: unknown }) | null
  return field !== null && typeof field.type === 'string' && notText.test(field.type) ? null : field
}

/** The text of a field, or of an editable element; unknown of anything else. */
export function textOf(field: Element): string | undefined {
  const { value, isContentEditable, textContent } = field as Partial<HTMLTextAreaElement>
  if (typeof value === 'string') return value
  return isContentEditable === true ? (textContent ?? '') : undefined
}
