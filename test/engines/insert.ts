/** Edits the focused field from within the page, as a key does: the browser's own edit, with its events. */
export function insert(text: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing took its place
  document.execCommand('insertText', false, text)
}
