import {
  createMemoryStore,
  createTypingHub,
  createTypingStream,
  type StreamIdentity,
  type TypingStore,
  type TypingStreamOptions,
} from 'react-linq-typing/server'
import { type EventSourceMessage, createParser } from 'eventsource-parser'
import type { TypingFeedEvent } from '../../../src/core/typingFeed.js'
import { vi } from 'vitest'

/** Where the page and the stream are. */
export const app = 'https://app.test'
/** As long as a bubble of ours lasts. */
export const lifetime = 60_000

export interface StreamSetUp extends Partial<TypingStreamOptions> {
  store?: TypingStore
  maySee?: StreamIdentity['maySee']
}

/** A stream before a store in memory, in which agents and recipients type. */
export function setUp({ store = createMemoryStore(), maySee = () => true, ...options }: StreamSetUp = {}) {
  const hub = createTypingHub({ store })
  const stream = createTypingStream({
    identify: ({ headers }) => ({
      actor: headers.get('x-actor') ?? 'me',
      tenant: headers.get('x-tenant'),
      maySee,
    }),
    hub,
    ...options,
  })
  const get = (headers: Record<string, string> = {}, init: RequestInit = {}) =>
    stream(
      new Request(`${app}/api/typing/stream`, {
        headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
        ...init,
      }),
    )
  const open = async (headers: Record<string, string> = {}, init: RequestInit = {}) =>
    readPage(await get(headers, init))
  return { store, hub, stream, get, open, ...typistsOf(store) }
}

/** Lets agents and recipients type in a store. */
export function typistsOf(store: TypingStore, tenant = '') {
  let at = 0
  const sign = (chatId: string, type: 'typing' | 'idle' | 'message', more: object = {}) =>
    store.hear({ tenant, chatId }, { type, at: Date.now() + ++at, age: 0, ...more }, 90_000)
  return {
    agentTypes: (chatId: string, actor: string, name?: string) =>
      store.take({ tenant, chatId, actor, name }, { age: 0, lifetime, max: 20 }),
    agentStops: (chatId: string, actor: string) =>
      store.giveBack({ tenant, chatId, actor }, { age: 0, owes: 0 }),
    agentSends: (chatId: string, actor?: string, id?: string) =>
      store.clear({ tenant, chatId, actor, id }, { age: 0 }),
    recipientTypes: (chatId: string, handle?: string) => sign(chatId, 'typing', { handle }),
    recipientStops: (chatId: string, handle?: string) => sign(chatId, 'idle', { handle }),
    recipientSends: (chatId: string, id?: string) => sign(chatId, 'message', { id }),
  }
}

/** Reads what a page is sent. */
export function readPage(response: Response) {
  const { body } = response
  if (body === null) throw new Error(`The answer ${response.status} has no body.`)
  const reader = body.getReader()
  const events: TypingFeedEvent[] = []
  const named: (string | undefined)[] = []
  let text = ''
  let end: 'done' | 'failed' | undefined
  const parser = createParser({
    onEvent({ event, data }: EventSourceMessage) {
      named.push(event)
      events.push(JSON.parse(data) as TypingFeedEvent)
    },
  })
  const decoder = new TextDecoder()
  const done = (async () => {
    try {
      for (;;) {
        const { value, done: isDone } = await reader.read()
        if (isDone) break
        const part = decoder.decode(value, { stream: true })
        text += part
        parser.feed(part)
      }
      end = 'done'
    } catch {
      end = 'failed'
    }
  })()
  return {
    response,
    events,
    /** The types of the events, as the lines before the data name them. */
    named,
    text: () => text,
    end: () => end,
    done,
    leave: () => reader.cancel(),
    /** What came since it was last asked, each in one line. */
    news: async () => {
      await settled()
      return events.splice(0).map(shortly)
    },
  }
}

function shortly(event: TypingFeedEvent): string {
  switch (event.type) {
    case 'snapshot':
      return ['snapshot', ...event.typing.map(({ chatId, who }) => `${chatId}:${nameOf(who)}`).sort()].join(
        ' ',
      )
    case 'message':
      return `message ${event.chatId}:${event.actor ?? event.handle ?? event.from}`
    default:
      return `${event.type} ${event.chatId}:${nameOf(event.who)}`
  }
}

const nameOf = (who: Extract<TypingFeedEvent, { type: 'idle' }>['who']) =>
  who.type === 'agent' ? who.id : (who.handle ?? 'recipient')

/** Waits until all that is under way has come, without a timer. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(0)
  else await new Promise((resolve) => setImmediate(resolve))
}

/** A promise to be settled later. */
export function hold<Value>() {
  let settle: { resolve: (value: Value) => void; reject: (error: unknown) => void } | undefined
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }))
  return { promise, ...settle! }
}
