/** A custom property of the stylesheet. */
export interface Dial {
  readonly name: string
  /** Its default, as it stands in the stylesheet. */
  readonly value: string
}

/** The custom properties that a stylesheet has defaults for, in their order, each with the default that is used last. */
export function readDials(stylesheet: string): Dial[] {
  const defaults = [...stylesheet.matchAll(/--_rlt-[\w-]+: var\((--rlt-[\w-]+), (.+)\);/g)]
  if (defaults.length === 0) throw new Error('The stylesheet has no defaults.')
  const values = new Map(defaults.map(([, name = '', value = '']) => [name, value]))
  return [...values].map(([name, value]) => ({ name, value }))
}
