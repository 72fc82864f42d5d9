/**
 * Which Enter sends.
 *
 * - `auto`: Enter, where there is a mouse or a touchpad; on a phone it breaks the line.
 * - `enter`: Enter, everywhere.
 * - `ctrlEnter`: Ctrl+Enter or Cmd+Enter alone.
 * - `none`: no key.
 *
 * Shift+Enter always breaks the line; Ctrl+Enter and Cmd+Enter send in every mode but `none`.
 */
export type SubmitMode = 'auto' | 'enter' | 'ctrlEnter' | 'none'

/** Whether a bare Enter sends. */
export function sendsOnEnter(mode: SubmitMode, isCoarse: boolean): boolean {
  return mode === 'enter' || (mode === 'auto' && !isCoarse)
}

/** Whether this Enter sends, whatever an input method makes of it. */
export function isSubmitKey(
  { key, shiftKey, altKey, ctrlKey, metaKey }: EnterKey,
  { submitMode, isCoarse }: { submitMode: SubmitMode; isCoarse: boolean },
): boolean {
  if (key !== 'Enter' || shiftKey || altKey || submitMode === 'none') return false
  return ctrlKey || metaKey || sendsOnEnter(submitMode, isCoarse)
}

type EnterKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>
