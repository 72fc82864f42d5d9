import { windowOf } from './windowOf.js'

/** Whether the device that shows a field is pointed at with a finger, as a phone is. */
export interface CoarsePointer {
  follow: (element: Element | null) => void
  isCoarse: () => boolean
  subscribe: (listener: () => void) => () => void
}

export function createCoarsePointer(): CoarsePointer {
  const listeners = new Set<() => void>()
  let media: MediaQueryList | null = null
  let isCoarse = false

  const look = () => {
    const next = media?.matches ?? false
    if (next === isCoarse) return
    isCoarse = next
    for (const listener of [...listeners]) listener()
  }

  return {
    follow(element) {
      media?.removeEventListener('change', look)
      if (element === null) return
      const view = windowOf(element)
      media = typeof view.matchMedia === 'function' ? view.matchMedia('(pointer: coarse)') : null
      media?.addEventListener('change', look)
      look()
    },
    isCoarse: () => isCoarse,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
