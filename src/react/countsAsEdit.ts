/**
 * Whether an input event means that someone is composing. Where the field's own document is hidden, a trusted edit still
 * does: the field may be visible all the same (picture-in-picture, a shell that reports hidden wrongly). A script's edit
 * does not, nor does an IME's: hiding the page ends a composition, and that end looks like an edit.
 */
export function countsAsEdit(event: Event): boolean {
  const { ownerDocument } = event.target as Node
  if (ownerDocument?.visibilityState !== 'hidden') return true
  return event.isTrusted && (event as Partial<InputEvent>).inputType?.includes('Composition') !== true
}
