import type { RecordedEvent, RecordedKey } from './replay.js'

/** A key that an input method takes for itself. */
export const processKey = (init: Partial<RecordedKey> = {}): RecordedEvent => ({
  type: 'keydown',
  key: 'Process',
  keyCode: 229,
  isComposing: true,
  ...init,
})

/** What is being composed becomes `data`. */
export const composed = (data: string, isComposing = true): RecordedEvent[] => [
  { type: 'compositionupdate', data },
  { type: 'input', inputType: 'insertCompositionText', data, isComposing },
]

/** A composition that grows through these texts and does not end. */
export const composing = (...texts: string[]): RecordedEvent[] => [
  processKey({ isComposing: false }),
  { type: 'compositionstart', data: '' },
  ...texts.flatMap((text) => [...composed(text), processKey({ type: 'keyup' })]),
]

export const plainEnter = (init: Partial<RecordedKey> = {}): RecordedEvent[] => [
  {
    type: 'keydown',
    key: 'Enter',
    keyCode: 13,
    then: [{ type: 'input', inputType: 'insertLineBreak', data: null }],
    ...init,
  },
  { type: 'keyup', key: 'Enter', keyCode: 13 },
]

/** How each browser tells of the Enter that ends a composition with `data`, as recorded. */
export const committingEnters: Record<string, (data: string) => RecordedEvent[]> = {
  Chrome: (data) => [
    processKey({ key: 'Enter' }),
    ...composed(data),
    { type: 'compositionend', data },
    { type: 'keyup', key: 'Enter', keyCode: 13 },
  ],
  'Chrome on Windows': (data) => [
    processKey(),
    ...composed(data),
    { type: 'compositionend', data },
    { type: 'keyup', key: 'Enter', keyCode: 13 },
  ],
  Firefox: (data) => [
    processKey(),
    { type: 'compositionupdate', data },
    { type: 'input', inputType: 'insertCompositionText', data, isComposing: true },
    { type: 'compositionend', data },
    { type: 'input', inputType: 'insertCompositionText', data, replaces: data.length, hasBeforeInput: false },
    processKey({ type: 'keyup', key: 'Enter', keyCode: 13, isComposing: false }),
  ],
  Safari: (data) => [
    { type: 'input', inputType: 'deleteCompositionText', data: null, isComposing: true },
    { type: 'input', inputType: 'insertFromComposition', data, isComposing: true },
    { type: 'compositionend', data },
    { type: 'keydown', key: 'Enter', keyCode: 229 },
    { type: 'keyup', key: 'Enter', keyCode: 13 },
  ],
}
