const printed = new Set<string>()

/**
 * Prints a mistake in how the library is used, once per page. Stand it behind `process.env.NODE_ENV !== 'production'`,
 * written out, so that a production build drops the text too.
 *
 * @param details what the browser's console can show better than a sentence: an error, an element.
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
