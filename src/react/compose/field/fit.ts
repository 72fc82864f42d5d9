import autosize from 'autosize'
import { windowOf } from './windowOf.js'

/**
 * Makes a field as high as its text, up to its `max-height`. The library measures when it takes a field on; it is let
 * go at once, so that we say when it measures.
 *
 * @returns whether the field is as high as it may be.
 */
export function fit(element: HTMLTextAreaElement): boolean {
  const scrolled = scrolledAround(element)
  autosize(element)
  const { height, overflowY } = element.style
  autosize.destroy(element)
  Object.assign(element.style, { height, overflowY })
  for (const [around, top] of scrolled) around.scrollTo({ top, behavior: 'instant' })
  const { maxHeight } = windowOf(element).getComputedStyle(element)
  const isFull = parseFloat(height) >= parseFloat(maxHeight)
  // The stylesheet holds it down: where it lets it be higher, it is so at once.
  if (isFull) element.style.height = `${element.scrollHeight}px`
  return isFull
}

/** What the library puts back by itself, save in another window. */
function scrolledAround(element: Element): [around: Element, top: number][] {
  if (windowOf(element) === window) return []
  const scrolled: [Element, number][] = []
  for (let at = element.parentElement; at !== null; at = at.parentElement)
    if (at.scrollTop !== 0) scrolled.push([at, at.scrollTop])
  return scrolled
}
