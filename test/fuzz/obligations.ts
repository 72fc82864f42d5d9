import type { Chat } from './chat.js'
import type { Moment } from './moments.js'

/** There is news: the stops that were tried count no longer. */
export function haveNews(chat: Chat): void {
  chat.stops = chat.stopsBefore = 0
}

/** News may end a stop's wait, or not: a stop is sent on wake, and a wait ends at its own time. A limit is kept, and 2 s offline. */
export function freeStops(chat: Chat): void {
  for (const wait of chat.stopping.list)
    if (wait.kind !== 'limit') wait.shortest = Math.min(wait.shortest, wait.kind === 'offline' ? 2_000 : 0)
}

/** Nobody owes a stop any more; one that comes all the same is none too many. */
export function giveUp({ possible, givenUp }: Chat, now: Moment): void {
  if (possible === null || possible.isArguable) return
  possible.isArguable = true
  givenUp.push(now.at)
}
