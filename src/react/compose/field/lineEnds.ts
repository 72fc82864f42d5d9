/** A text as a field has it, which ends its lines in a line feed, whatever it was given. */
export function withFieldLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
