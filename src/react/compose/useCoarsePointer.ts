import { useSyncExternalStore } from 'react'

const query = '(pointer: coarse)'

/** Whether the device is pointed at with a finger, as a phone is. */
export function useCoarsePointer(): boolean {
  return useSyncExternalStore(subscribe, isCoarse, () => false)
}

function media(): MediaQueryList | null {
  return typeof matchMedia === 'function' ? matchMedia(query) : null
}

function isCoarse(): boolean {
  return media()?.matches ?? false
}

function subscribe(listener: () => void): () => void {
  const list = media()
  list?.addEventListener('change', listener)
  return () => list?.removeEventListener('change', listener)
}
