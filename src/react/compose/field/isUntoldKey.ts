/**
 * Whether a key event tells no key, because an input method or a phone's keyboard has it. Safari reports the Enter that
 * ends a composition after its end, told apart only by key code 229.
 */
export function isUntoldKey(event: Pick<KeyboardEvent, 'key' | 'keyCode'>): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only mark that Safari leaves
  return event.keyCode === 229 || event.key === 'Process' || event.key === 'Unidentified'
}
