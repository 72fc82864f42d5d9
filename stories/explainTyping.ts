import type { TypingErrorReason, TypingPolicy, TypingState } from 'react-linq-typing'
import type { RecipientCall } from './recipient/RecipientTruth.js'

/** What is known of a chat; every time is in epoch milliseconds. */
export interface TypingFacts {
  state: TypingState
  policy: TypingPolicy
  isEnabled: boolean
  /** The page's calls. */
  calls: readonly RecipientCall[]
  /** The calls that reached Linq: the page's own, or its proxy's. */
  linqCalls: readonly RecipientCall[]
  keys: readonly number[]
  now: number
}

const happened: Record<TypingErrorReason, string> = {
  invalid: 'the request was not understood',
  forbidden: 'this chat refuses typing',
  'not-found': 'there is no such chat, or it is not yours',
  gone: 'this chat was left or deleted',
  unsupported: 'this kind of chat has no typing bubble',
  unauthorized: 'the caller is not signed in',
  busy: 'the chat is not ready yet',
  'rate-limited': 'too many calls',
  server: 'the server failed',
  network: 'no answer came',
  timeout: 'the answer took too long',
  offline: 'the device is offline',
}

/** Says in a sentence why the hook calls now, or why it does not. */
export function explainTyping(facts: TypingFacts): string {
  const { state, isEnabled, now } = facts
  const { retryAt } = state
  if (!isEnabled) return 'Switched off: no call is made.'
  switch (state.status) {
    case 'unavailable':
      return `${because(facts)}: no call is made in this chat until reset().`
    case 'starting':
      return 'A start is on its way. More keys make no call until it is answered.'
    case 'stopping':
      return 'Nobody is composing any more: a stop is on its way.'
    case 'waiting':
      return `${because(facts)}: no start for another ${seconds((retryAt ?? now) - now)}; after that, the next key starts.`
    case 'active':
      return explainActive(facts)
    case 'idle':
      return explainIdle(facts)
  }
}

function explainActive({ calls, policy, now }: TypingFacts): string {
  const start = calls.filter(({ action }) => action === 'start').at(-1)
  if (start?.answeredAt === null && start.goneAt === null) return 'A refresh is on its way.'
  const left = policy.refreshInterval - (now - (start?.sentAt ?? now))
  return left > 0
    ? `A start was accepted: keys need no call for another ${seconds(left)}.`
    : 'A start was accepted a while ago: the next key starts again, before the bubble runs out.'
}

function explainIdle(facts: TypingFacts): string {
  const { state, calls, keys, now } = facts
  const lastKey = keys.at(-1) ?? -Infinity
  const last = calls.at(-1)
  if (state.isTyping && state.error === null) return 'The next key starts.'
  if (state.error !== null)
    return `${because(facts)}: the next key ${state.isTyping ? '' : 'after the wait '}tries again.`
  if (last?.action === 'message' && last.sentAt >= lastKey)
    return 'The message clears the bubble: no stop is needed.'
  if (last?.action === 'start' && last.status === 204)
    return 'Nobody is composing: the bubble goes off with a message, or when it runs out.'
  if (now - lastKey < 15_000 && (last?.sentAt ?? 0) < lastKey)
    return 'The last key made no call: its text is empty, or isn’t announced.'
  if (last?.action === 'stop') return 'Nobody is composing: a stop turned the bubble off.'
  return 'Nobody is composing: there is nothing to announce.'
}

function because(facts: TypingFacts): string {
  const { error } = facts.state
  if (error === null) return 'A call failed'
  const words = explainProxy(facts) ?? happened[error.reason]
  return error.status === undefined
    ? words.slice(0, 1).toUpperCase() + words.slice(1)
    : `${error.status}, ${words}`
}

/** Says what a proxy doesn’t tell the page, if it failed for a reason of its own. */
function explainProxy({ state: { error }, linqCalls }: TypingFacts): string | null {
  if (error?.reason !== 'server') return null
  if (error.status === 403) return 'the proxy takes no calls from this page’s origin, in any chat'
  const isTokenRefused = linqCalls.filter(({ action }) => action !== 'message').at(-1)?.status === 401
  return isTokenRefused ? 'you are signed in, but Linq refused the server’s token' : null
}

function seconds(milliseconds: number): string {
  return `${Math.max(0, Math.ceil(milliseconds / 1000))} s`
}
