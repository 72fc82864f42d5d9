/**
 * For a button that submits nothing, for it belongs to no form. One with `type="button"` would do the same, and resets that
 * look for that attribute (`[type='button'] { background: none }`) would outweigh our stylesheet.
 */
export const formless = { type: undefined, form: '' } as const
