/**
 * A table of a guide, so that a fact stands in one place only.
 *
 * @param guide the guide's Markdown.
 * @param heading the heading of the table's first column.
 */
export function tableIn(guide: string, heading: string): string {
  const lines = guide.split('\n')
  const first = lines.findIndex((line) => line.split('|')[1]?.trim() === heading)
  if (first === -1) throw new Error(`No table begins with the column “${heading}”.`)
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'))
  return lines.slice(first, length === -1 ? undefined : first + length).join('\n')
}
