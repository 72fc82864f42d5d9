const printed = new Set<string>()

/**
 * Prints a mistake in how the library is used, once per page. Call it behind `process.env.NODE_ENV !== 'production'`,
 * written out, so that production builds drop the text too.
 *
 * @param details an error or an element, which the console shows better than a sentence.
 */
export function printOnce(message: string, ...details: unknown[]): void {
  printOncePer(message, message, ...details)
}

/** Prints a mistake once, though each message about it names another chat. */
export function printOncePer(mistake: string, message: string, ...details: unknown[]): void {
  if (printed.has(mistake)) return
  printed.add(mistake)
  console.error(`react-linq-typing: ${message}`, ...details)
}
