/** A custom property of the stylesheet. */
export interface Dial {
  readonly name: string
  /** Its default, as it stands in the stylesheet. */
  readonly value: string
}

/** The custom properties that a stylesheet sets in the rule of this selector, in their order. */
export function readDials(stylesheet: string, selector: string): Dial[] {
  const begin = stylesheet.indexOf(`${selector} {`)
  if (begin === -1) throw new Error(`The stylesheet has no rule ${selector}.`)
  const rule = stylesheet.slice(begin, stylesheet.indexOf('}', begin))
  return [...rule.matchAll(/(--rlt-[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => ({
    name,
    value,
  }))
}
