import { maxAge, type Moment, readClock } from '../core/clock.js'
import { fields } from '../core/fields.js'
import { runSafely } from '../core/runSafely.js'
import type { TypingSessions } from '../core/sessions.js'
import type { TypingFeed, TypingFeedEvent } from '../core/typingFeed.js'

type Reader = (event: TypingFeedEvent, toldAt: Moment) => void

/** What a provider keeps of its feed, for components that mount later. */
export interface FeedRecord {
  /** Listens to a feed. @returns a function that stops listening, and forgets what was reported. */
  follow: (feed: TypingFeed) => () => void
  /** Reads what was reported so far, and everything after. There is one reader. */
  read: (reader: Reader) => void
}

/** How long anything is shown after it was last reported, in ms. */
export const longestShown = 90_000

/** How many messages are remembered, so that one that is reported again counts once. */
const mostKnown = 100

export function createFeedRecord(sessions: TypingSessions): FeedRecord {
  const known = new Set<string>()
  let told: Parameters<Reader>[] = []
  let reader: Reader = (event, now) => {
    if (event.type === 'snapshot') told = []
    while (told[0] && maxAge(told[0][1], now) >= longestShown) told.shift()
    told.push([event, now])
  }

  function hear(event: TypingFeedEvent): void {
    const { type, chatId, from, actor, id } = fields(event)
    if (type === undefined) return
    if (type === 'message' && id != null && isKnown(JSON.stringify([chatId, id]))) return
    reader(event, readClock())
    // A feed leaves out what this page's own user does: an actor is somebody else.
    if (type === 'message' && from === 'agent') sessions.messageTold(String(chatId), actor != null)
  }

  function isKnown(message: string): boolean {
    if (known.has(message)) return true
    known.add(message)
    if (known.size > mostKnown) known.delete(known.values().next().value ?? '')
    return false
  }

  return {
    follow(feed) {
      let isOver = false
      const end = runSafely(() => feed((event) => isOver || runSafely(() => hear(event))))
      return () => {
        isOver = true
        runSafely(() => end?.())
        reader({ type: 'snapshot', typing: [] }, readClock())
      }
    },
    read(next) {
      for (const [event, toldAt] of told) next(event, toldAt)
      told = []
      reader = next
    },
  }
}
