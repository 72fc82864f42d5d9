import { readClock } from '../../core/clock.js'
import type { FeedRecord } from '../feedRecord.js'
import { readFeedEvent } from './readFeedEvent.js'
import { createTypists, type Typist } from './typists.js'

/** Whether the recipient is typing in a chat. */
export interface RecipientTyping {
  readonly isTyping: boolean
  /** Since when, in epoch milliseconds by this page's clock; `null` if nobody is typing. */
  readonly since: number | null
  /** Who is typing, in groups, if the service says so. Whoever began first comes first. */
  readonly handles: readonly string[]
}

/** A colleague who is typing. */
export interface AgentTyping {
  readonly id: string
  readonly name: string | undefined
  /** Since when, in epoch milliseconds by this page's clock. */
  readonly since: number
}

/** Who types in a chat: the same objects until something changes. */
interface ChatView {
  readonly recipient: RecipientTyping
  readonly agents: readonly AgentTyping[]
}

/** Who types in the chats of a page, outside React. */
export interface IncomingStore {
  view: (chatId: string) => ChatView
  subscribe: (chatId: string, listener: () => void) => () => void
}

export const nobody: ChatView = {
  recipient: Object.freeze({ isTyping: false, since: null, handles: Object.freeze([]) }),
  agents: Object.freeze([]),
}

const stores = new WeakMap<FeedRecord, IncomingStore>()

/** A provider's store, made when it is first needed. */
export function incomingStoreOf(record: FeedRecord): IncomingStore {
  const store = stores.get(record) ?? createIncomingStore(record)
  stores.set(record, store)
  return store
}

/** How often the clock is checked while somebody is typing, in ms: not every sleep ends with an event. */
const longestWait = 5_000

const wakes: [target: () => EventTarget, type: string][] = [
  [() => document, 'visibilitychange'],
  [() => window, 'pageshow'],
  [() => window, 'focus'],
]

function createIncomingStore(record: FeedRecord): IncomingStore {
  const typists = createTypists()
  const views = new Map<string, ChatView>()
  const listeners = new Map<string, Set<() => void>>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReading = false

  function update(chats: Iterable<string>): void {
    for (const chatId of chats) {
      const before = views.get(chatId) ?? nobody
      const after = viewOf(typists.in(chatId), before)
      if (after === before) continue
      if (after === nobody) views.delete(chatId)
      else views.set(chatId, after)
      for (const listener of [...(listeners.get(chatId) ?? [])]) listener()
    }
  }

  function sweep(): void {
    const now = readClock()
    update(typists.sweep(now))
    clearTimeout(timer)
    const left = typists.timeToNextEnd(now)
    if (left < Infinity) timer = setTimeout(sweep, Math.min(longestWait, Math.ceil(left)))
  }

  function begin(): void {
    for (const [target, type] of wakes) target().addEventListener(type, sweep)
    // Not while rendering, which reads no clock.
    if (isReading) sweep()
    else
      record.read((told, toldAt) => {
        const event = readFeedEvent(told)
        if (event === null) return
        // Anyone whose bubble has already run out, and who begins again, begins now.
        sweep()
        update(typists.hear(event, toldAt))
        sweep()
      })
    isReading = true
  }

  function end(): void {
    for (const [target, type] of wakes) target().removeEventListener(type, sweep)
  }

  return {
    view: (chatId) => views.get(chatId) ?? nobody,
    subscribe(chatId, listener) {
      if (listeners.size === 0) begin()
      const known = listeners.get(chatId) ?? new Set()
      listeners.set(chatId, known.add(listener))
      return () => {
        known.delete(listener)
        if (known.size > 0 || listeners.get(chatId) !== known) return
        listeners.delete(chatId)
        if (listeners.size === 0) end()
      }
    },
  }
}

/** What is shown of a chat. Unchanged parts stay the same objects. */
function viewOf(typists: readonly Typist[], before: ChatView): ChatView {
  const agents = typists.flatMap(({ who, since }) =>
    who.type === 'agent' ? [{ id: who.id, name: who.name, since: Math.round(since.wall) }] : [],
  )
  const recipients = typists.flatMap(({ who, since }) => (who.type === 'recipient' ? [{ who, since }] : []))
  const [first] = recipients
  const recipient =
    first === undefined
      ? nobody.recipient
      : {
          isTyping: true,
          since: Math.round(first.since.wall),
          handles: recipients.flatMap(({ who }) => who.handle ?? []),
        }
  const next = {
    recipient: keep(before.recipient, recipient),
    agents: keep(before.agents, agents.length === 0 ? nobody.agents : agents),
  }
  if (next.recipient === before.recipient && next.agents === before.agents) return before
  return next.recipient === nobody.recipient && next.agents === nobody.agents ? nobody : next
}

/** The value as it was, if nothing in it changed. */
function keep<T>(before: T, next: T): T {
  return JSON.stringify(before) === JSON.stringify(next) ? before : next
}
