/**
 * For a button that submits nothing, because it belongs to no form. With `type="button"` it wouldn't submit either, but
 * resets that look for that attribute (`[type='button'] { background: none }`) would outweigh our stylesheet.
 */
export const formless = { type: undefined, form: '' } as const
