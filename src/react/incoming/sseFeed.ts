'use client'
import { readClock } from '../../core/clock.js'
import { runSafely } from '../../core/runSafely.js'
import type { TypingFeed, TypingFeedEvent } from '../../core/typingFeed.js'
import { readFeedEvent } from './readFeedEvent.js'
import { createSseConnection, type SseFeedOptions } from './sseConnection.js'
import { createTypists } from './typists.js'
import { watchVisible } from './watchVisible.js'

/**
 * Makes a feed that reads server-sent events, as `createTypingStream` sends them. All listeners share one connection. It
 * reconnects after 1 to 30 s, and closes when the page is left or has been hidden for 30 s. Make it once, outside of
 * components.
 *
 * ```tsx
 * const feed = createSseFeed({ url: '/api/typing/stream' })
 * ```
 *
 * @throws TypeError if the address is missing.
 */
export function createSseFeed(options: SseFeedOptions): TypingFeed {
  const url: unknown = (options as SseFeedOptions | null | undefined)?.url
  if (typeof url !== 'string' || url.trim() === '')
    throw new TypeError('createSseFeed needs the address of your typing stream: url: "/api/typing/stream".')
  const listeners = new Set<(event: TypingFeedEvent) => void>()
  let shared: { end: () => void; present: () => TypingFeedEvent | null } | null = null

  /** What all listeners share, from the first one's arrival until the last one leaves. */
  function begin(): NonNullable<typeof shared> {
    const typists = createTypists()
    let isKnown = false
    const connection = createSseConnection(options, (value) => {
      const event = readFeedEvent(value)
      if (event === null) return
      const now = readClock()
      typists.sweep(now)
      typists.hear(event, now)
      isKnown ||= event.type === 'snapshot'
      for (const listener of [...listeners]) runSafely(() => listener(event))
    })
    const unwatch = watchVisible(connection)
    return {
      end() {
        unwatch()
        connection.close()
      },
      present() {
        const now = readClock()
        typists.sweep(now)
        return isKnown ? { type: 'snapshot', typing: typists.snapshot(now) } : null
      },
    }
  }

  return (listener) => {
    // On a server there is nobody to show.
    if (typeof document === 'undefined') return () => undefined
    const own = (event: TypingFeedEvent) => listener(event)
    listeners.add(own)
    shared ??= begin()
    const present = shared.present()
    if (present !== null) runSafely(() => own(present))
    return () => {
      if (!listeners.delete(own) || listeners.size > 0) return
      shared?.end()
      shared = null
    }
  }
}
