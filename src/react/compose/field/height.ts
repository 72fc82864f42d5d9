import type autosizeFunction from 'autosize'
import { systemClock } from '../../../core/clock.js'
import { windowOf } from './fieldElement.js'

/** Longer texts no longer make the field grow: at a megabyte, measuring costs seconds per key. */
const longest = 20_000

/** How long to wait before `autosize` is requested again after it could not be loaded, in milliseconds. */
const patience = 10_000

/** Lets a field be as high as its text, where the stylesheet asks for that. */
export interface FieldHeight {
  follow: (element: HTMLTextAreaElement | null) => void
  /** The text may have changed. */
  refresh: (text: string) => void
}

/**
 * Where the browser has `field-sizing` the stylesheet does it all, except for long texts, which are marked `data-long`.
 * Elsewhere `autosize` measures the field: at most once a frame, only when it can be seen, and not past its maximum. While
 * `autosize` can't be loaded (no network, a newer deployment), the field can be made higher by hand.
 */
export function createFieldHeight(): FieldHeight {
  let element: HTMLTextAreaElement | null = null
  let autosize: typeof autosizeFunction | undefined
  let loadAfter = 0
  let observer: ResizeObserver | undefined
  let cancel: (() => void) | undefined
  let size = ''
  /** The text that reached the maximum, if one did. */
  let filledBy: string | undefined

  const isLong = () => element?.hasAttribute('data-long') === true
  const sizeOf = ({ clientWidth, clientHeight }: Element) => `${clientWidth}x${clientHeight}`

  const measure = () => {
    cancel = undefined
    if (element === null || autosize === undefined || element.clientWidth === 0 || isLong()) return
    // More text makes a full field no higher.
    if (filledBy !== undefined && element.value.startsWith(filledBy) && sizeOf(element) === size) return
    filledBy = fit(element, autosize) ? element.value : undefined
    size = sizeOf(element)
  }
  const schedule = () => {
    if (element === null || autosize === undefined || cancel !== undefined) return
    const view = windowOf(element)
    const frame = view.requestAnimationFrame(measure)
    cancel = () => view.cancelAnimationFrame(frame)
  }
  const setResize = (resize: string) => {
    if (element !== null) element.style.resize = resize
  }
  const load = async () => {
    if (systemClock.monotonic() < loadAfter || !isToGrow(element)) return
    loadAfter = Infinity
    try {
      autosize = (await import('autosize')).default
      setResize('')
      schedule()
    } catch {
      loadAfter = systemClock.monotonic() + patience
      setResize('vertical')
    }
  }

  return {
    follow(next) {
      observer?.disconnect()
      observer = undefined
      cancel?.()
      cancel = undefined
      element = next
      size = ''
      if (next === null || !isMeasured(next)) return
      // Its width changed, or how high it may be, or the stylesheet came.
      const resized = () => {
        void load()
        if (sizeOf(next) === size) return
        filledBy = undefined
        schedule()
      }
      observer = new (windowOf(next).ResizeObserver)(resized)
      observer.observe(next)
      resized()
    },
    refresh(text) {
      if (element === null) return
      if (isLong() !== text.length > longest) {
        element.toggleAttribute('data-long')
        // A measured height would outweigh the stylesheet's. Without one, it is the page's own.
        if (size !== '') Object.assign(element.style, { height: '', overflowY: '' })
        filledBy = undefined
      }
      if (loadAfter > 0) void load()
      if (!isLong()) schedule()
    },
  }
}

/** Whether the browser needs help to let a field grow. */
function isMeasured(element: HTMLElement): boolean {
  const { CSS } = windowOf(element) as { CSS?: { supports?: typeof window.CSS.supports } }
  return CSS?.supports?.('field-sizing', 'content') === false
}

function isToGrow(element: HTMLElement | null): boolean {
  return (
    element !== null &&
    windowOf(element).getComputedStyle(element).getPropertyValue('--rlt-grow').trim() === '1'
  )
}

/**
 * Makes a field as high as its text, up to its `max-height`. `autosize` measures when it takes a field on; letting go of
 * the field right away leaves the rest of the timing to us.
 *
 * @returns whether the field is as high as it may be.
 */
function fit(element: HTMLTextAreaElement, autosize: typeof autosizeFunction): boolean {
  // In another window `autosize` doesn't put back what was scrolled.
  const scrolled: [around: Element, top: number][] = []
  for (let at = element.parentElement; at !== null; at = at.parentElement)
    if (at.scrollTop !== 0) scrolled.push([at, at.scrollTop])
  autosize(element)
  const { height, overflowY } = element.style
  autosize.destroy(element)
  Object.assign(element.style, { height, overflowY })
  for (const [around, top] of scrolled) around.scrollTo({ top, behavior: 'instant' })
  const isFull = parseFloat(height) >= parseFloat(windowOf(element).getComputedStyle(element).maxHeight)
  // The stylesheet caps the height, so that the field grows at once when that cap is raised.
  if (isFull) element.style.height = `${element.scrollHeight}px`
  return isFull
}
