import { maxAge, type Moment, readClock } from '../../core/clock.js'

/** How long somebody has to type before it is announced, in ms. */
const patience = 2_000
/** How long nobody must have typed before it is announced again, in ms. */
const quiet = 30_000

/** Decides when screen readers announce that somebody is typing: once, and not again after each pause. */
export interface Announcer {
  /** Takes the current text; an empty one if nobody is typing. */
  see: (text: string) => void
  /** Takes back the announcement, and leaves no timer. */
  stop: () => void
}

/** @param tell called with the text of the announcement, and with an empty one once it is over. */
export function createAnnouncer(tell: (text: string) => void): Announcer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let text = ''
  let isTold = false
  /** When the announced typing, or any that followed it without a quiet time, ended. */
  let endedAt: Moment | null = null

  function begin(): void {
    if (isTold && endedAt !== null && maxAge(endedAt, readClock()) >= quiet) isTold = false
    if (isTold) return
    timer = setTimeout(() => {
      isTold = true
      tell(text)
    }, patience)
  }

  function end(): void {
    clearTimeout(timer)
    endedAt = readClock()
  }

  function see(next: string): void {
    const wasTyping = text !== ''
    // Someone who reads the page later must not find an old announcement.
    if (next !== text) tell('')
    text = next
    if (!wasTyping && next !== '') begin()
    else if (wasTyping && next === '') end()
  }

  return { see, stop: () => see('') }
}
