import { systemClock } from '../../../core/clock.js'
import { windowOf } from './windowOf.js'

/** From this length on a field no longer grows: measuring it costs seconds per key at a megabyte. */
const longest = 20_000

/** How long what measures is not asked for again when it could not be loaded, in milliseconds. */
const patience = 10_000

/** Lets a field be as high as its text, where the stylesheet asks for that. */
export interface Growth {
  follow: (element: HTMLTextAreaElement | null) => void
  /** The text may have changed. */
  look: (text: string) => void
}

/**
 * Where the browser has `field-sizing` the stylesheet does it all, save for long texts, which are marked `data-long`.
 * Elsewhere the field is measured: once a frame at the most, when it can be seen, and not past its maximum. Where what
 * measures can't be loaded (no network, a newer deployment) it is marked `data-unmeasured`, and goes on without.
 */
export function createGrowth(): Growth {
  let element: HTMLTextAreaElement | null = null
  let watch: ResizeObserver | null = null
  let fit: ((element: HTMLTextAreaElement) => boolean) | null = null
  let isLoading = false
  let failedAt: number | null = null
  let cancel: (() => void) | null = null
  let width = 0
  let height = 0
  let fitted = ''
  let isFull = false

  const measure = () => {
    cancel = null
    if (element === null || fit === null || element.clientWidth === 0 || element.hasAttribute('data-long'))
      return
    const text = element.value
    // Where the highest is reached, more text makes it no higher.
    if (element.clientWidth === width && isFull && text.startsWith(fitted)) return
    fitted = text
    isFull = fit(element)
    width = element.clientWidth
    height = element.clientHeight
  }
  const schedule = () => {
    if (element === null || fit === null || cancel !== null) return
    const view = windowOf(element)
    const frame = view.requestAnimationFrame(measure)
    cancel = () => view.cancelAnimationFrame(frame)
  }
  const begin = (target: HTMLTextAreaElement) => {
    if (isLoading || (failedAt !== null && systemClock.monotonic() - failedAt < patience)) return
    if (!isToGrow(target)) return
    isLoading = true
    import('./fit.js').then(
      (loaded) => {
        fit = loaded.fit
        failedAt = null
        element?.removeAttribute('data-unmeasured')
        schedule()
      },
      () => {
        isLoading = false
        failedAt = systemClock.monotonic()
        element?.setAttribute('data-unmeasured', '')
      },
    )
  }

  return {
    follow(next) {
      watch?.disconnect()
      watch = null
      cancel?.()
      cancel = null
      element = next
      if (next === null || !isMeasured(next)) return
      next.toggleAttribute('data-unmeasured', failedAt !== null)
      // Its width changed, or how high it may be, or the stylesheet came.
      watch = new (windowOf(next).ResizeObserver)(() => {
        begin(next)
        if (next.clientWidth === width && next.clientHeight === height) return
        isFull = false
        schedule()
      })
      watch.observe(next)
      begin(next)
      schedule()
    },
    look(text) {
      if (element === null) return
      const isLong = text.length > longest
      if (element.hasAttribute('data-long') !== isLong) {
        element.toggleAttribute('data-long', isLong)
        // What was measured would outweigh the stylesheet.
        for (const measured of ['height', 'overflow-y']) element.style.removeProperty(measured)
        isFull = false
      }
      if (failedAt !== null) begin(element)
      if (!isLong) schedule()
    },
  }
}

/** Whether the browser can't let a field grow by itself. */
function isMeasured(element: HTMLElement): boolean {
  const { ResizeObserver, CSS } = windowOf(element) as Partial<Window & typeof globalThis>
  return ResizeObserver !== undefined && CSS?.supports('field-sizing', 'content') === false
}

function isToGrow(element: HTMLElement): boolean {
  return windowOf(element).getComputedStyle(element).getPropertyValue('--rlt-grow').trim() === '1'
}
