import type { TypingStatus } from 'react-linq-typing'
import { isOn, isSurelyHeld, isSurelyWished, mayBeWishedFor } from './belief.js'
import type { Chat } from './chat.js'
import { minLifetime, tolerance } from './figures.js'
import { drift, type Moment, reliedAge, timerAge } from './moments.js'
import { type Page, trialEnd } from './page.js'
import { leftByTimer, type Wait } from './waits.js'

/** What is told of a chat and is not so, `now` or a moment `before`. */
export function wronglyTold(chat: Chat, page: Page, before: Moment, now: Moment): string | null {
  const { told } = chat
  if (chat.members.size === 0 || page.isClosed) return null
  if (now.at - chat.joinedAt <= tolerance) return null
  const { status, error, isTyping, retryAt } = told
  const tell = (what: string) => `told: ${what} at ${now.at}`
  const allowed = new Set([...statuses(chat, page, before), ...statuses(chat, page, now)])
  if (!allowed.has(status)) return tell(`${status} where it is ${[...allowed].join(' or ')}`)
  if (
    isTyping ? mayBeWishedFor(chat, before) === 0 : isSurelyWished(chat, now) && isSurelyWished(chat, before)
  )
    return tell(isTyping ? 'somebody types' : 'nobody types')
  const reason = error?.reason ?? null
  if (!chat.errors.includes(reason))
    return tell(`the error ${String(reason)} where it is ${chat.errors.map(String).join(' or ')}`)
  if (status !== 'waiting') return retryAt === null ? null : tell(`retryAt while ${status}`)
  if (retryAt === null) return tell('waiting without retryAt')
  return wrongRetryAt(chat, page, retryAt, now) ? tell(`retryAt ${retryAt - now.wall} ms from now`) : null
}

/** When every wait is over, where nobody touched a clock since they began. */
function wrongRetryAt(chat: Chat, page: Page, retryAt: number, now: Moment): boolean {
  const { starting, toldAt } = chat
  const waits = [...starting.list, ...page.caller.list].filter((wait) => leftByTimer(wait, now) > 0)
  const isEven = (since: Moment) => Math.abs(drift(since) - drift(now)) < 1
  if (toldAt !== null && !isEven(toldAt)) return false
  if (retryAt < now.wall - tolerance) return true
  if (!waits.every(({ since }) => isEven(since))) return false
  const ends = (duration: 'shortest' | 'longest') =>
    Math.max(...waits.map((wait: Wait) => wait.since.wall + wait[duration]))
  const latest = Math.max(ends('longest'), trialEnd(page, chat, now)?.wall ?? 0)
  return retryAt < ends('shortest') - tolerance || retryAt > latest + tolerance
}

/** The statuses that may be told, by the table: the first that holds. */
function statuses(chat: Chat, page: Page, now: Moment): TypingStatus[] {
  const { call, on } = chat
  if (chat.isFinal) return ['unavailable']
  if (call?.action === 'stop') return ['stopping']
  const belief = isOn(chat, now)
  const allowed: TypingStatus[] = []
  if (call?.action === 'start') {
    if (belief !== 'yes') allowed.push('starting')
    if (belief === 'no' && on === null) return allowed
  }
  if (mayWait(chat, page, now)) allowed.push('waiting')
  if (call === null && isSurelyWished(chat, now) && isSurelyHeld(chat, page, now)) return allowed
  const hasLifetime = on !== null && timerAge(on.begun, now) < minLifetime
  const isCleared = on !== null && chat.messages.some(({ index }) => index > on.settledIndex)
  if (hasLifetime && !isCleared) allowed.push('active')
  if (on === null || isCleared || belief !== 'yes' || reliedAge(on.begun, now) >= minLifetime)
    allowed.push('idle')
  return allowed
}

const mayWait = (chat: Chat, page: Page, now: Moment) =>
  mayBeWishedFor(chat, now) > 0 &&
  (trialEnd(page, chat, now) !== null ||
    [...chat.starting.list, ...page.caller.list].some((wait) => leftByTimer(wait, now) > 0))
