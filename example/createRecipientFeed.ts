import type { DemoTruth } from './api.js'

/** The emulator's truth, as the server streams it. */
export interface RecipientFeed {
  /** The emulator's time, which may differ from the page's. */
  readonly now: () => number
  /** The newest truth, or null before the first. */
  readonly truth: () => DemoTruth | null
  /** Listens; the stream is open while somebody does. */
  readonly subscribe: (listener: () => void) => () => void
}

export function createRecipientFeed(url: string): RecipientFeed {
  let truth: DemoTruth | null = null
  let ahead = 0
  let source: EventSource | null = null
  const listeners = new Set<() => void>()

  const receive = ({ data }: MessageEvent<string>) => {
    truth = JSON.parse(data) as DemoTruth
    ahead = truth.now - Date.now()
    for (const listener of listeners) listener()
  }
  return {
    now: () => Date.now() + ahead,
    truth: () => truth,
    subscribe(listener) {
      listeners.add(listener)
      if (source === null) {
        source = new EventSource(url)
        source.onmessage = receive
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        source?.close()
        source = null
      }
    },
  }
}
