/**
 * Whether an input event means that someone is composing. If the field's document is hidden, a trusted edit still does:
 * people may see the field all the same (picture-in-picture, a shell that wrongly reports hidden). A script's edit doesn't,
 * nor does an IME's: hiding the page ends a composition, which looks like an edit.
 */
export function countsAsEdit(event: Event): boolean {
  const { ownerDocument } = event.target as Node
  if (ownerDocument?.visibilityState !== 'hidden') return true
  return event.isTrusted && (event as Partial<InputEvent>).inputType?.includes('Composition') !== true
}
