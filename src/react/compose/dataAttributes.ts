/** A state as data attributes, by one rule: true is an empty attribute, false none, a text is itself. */
export function dataAttributes(state: Record<string, string | boolean>): Record<`data-${string}`, string> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, value]) =>
      value === false ? [] : [[`data-${name}`, value === true ? '' : value]],
    ),
  )
}
