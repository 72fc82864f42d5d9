import autosize from 'autosize'

/**
 * Makes a field as high as its text, up to its `max-height`. The library measures when it takes a field on; it is let
 * go at once, so that we say when it measures.
 *
 * @returns whether the field is as high as it may be.
 */
export function fit(element: HTMLTextAreaElement): boolean {
  autosize(element)
  const { height, overflowY } = element.style
  autosize.destroy(element)
  Object.assign(element.style, { height, overflowY })
  const { maxHeight } = getComputedStyle(element)
  const isFull = parseFloat(height) >= parseFloat(maxHeight)
  // The stylesheet holds it down: where it lets it be higher, it is so at once.
  if (isFull) element.style.height = `${element.scrollHeight}px`
  return isFull
}
