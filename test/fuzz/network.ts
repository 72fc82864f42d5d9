import { createHttpFetcher, type TypingFetcher } from 'react-linq-typing'
import { createLinqEmulator, type LinqAnswer, type LinqEmulator } from 'react-linq-typing/testing'
import type { Scenario } from './events.js'
import type { FuzzAnswer, FuzzJourney } from './journeys.js'
import type { ChatEvent } from './log.js'
import type { VirtualTime } from './virtualTime.js'

/** An emulated Linq, and the network between it and the page. */
export interface FuzzNetwork {
  linq: LinqEmulator
  /** Carries the page's typing calls, each as its journey says. */
  fetcher: TypingFetcher
  /** Sends a message, which is accepted within `takes` ms and delivered `delivery` ms after that; rejects offline. */
  sendMessage: (chat: string, takes: number, delivery: number) => Promise<void>
  /** Takes the network away, or gives it back; calls that are on their way arrive all the same. */
  setOffline: (isOffline: boolean) => void
}

const baseUrl = 'http://linq.test/api/partner'

/** @param note is told of each call and of its end, before the page is. */
export function createNetwork(
  { lifetime, journeys }: Scenario,
  time: VirtualTime,
  note: (chat: string, event: ChatEvent) => void,
): FuzzNetwork {
  let isOffline = false
  let calls = 0
  let next: FuzzJourney | { takes: number } | undefined
  let deliveryDelay = 0
  const linq = createLinqEmulator({
    lifetime,
    inactive: 'shown',
    deliveryDelay: () => deliveryDelay,
    clock: time.world,
    network() {
      if (next === undefined) return {}
      if ('takes' in next) return { up: next.takes / 2, down: next.takes / 2 }
      return { up: next.up, down: next.down, answer: inFull(next.answer) }
    },
  })

  async function travel(input: string, init: RequestInit, by: typeof next): Promise<Response> {
    next = by
    const response = linq.fetch(input, init)
    const answered = await response.catch(() => undefined)
    await time.awake()
    return answered ?? response
  }

  return {
    linq,
    async fetcher(request) {
      const { chatId, action, signal } = request
      const { up, down, answer } = isOffline ? unreachable : journeys[calls++ % journeys.length]!
      note(chatId, { what: 'call', action, up })
      let isOver = false
      let said: FuzzAnswer | null = null
      const settled = (isTimeout: boolean) => {
        if (!isOver) note(chatId, { what: 'settled', action, answer: said, isTimeout })
        isOver = true
      }
      signal.addEventListener('abort', () => settled(true))
      const carried = createHttpFetcher({
        baseUrl,
        async fetch(input, init) {
          const response = await travel(input, init, { up, down, answer })
          said = answer
          return response
        },
      })
      try {
        await carried(request)
      } finally {
        settled(false)
      }
    },
    async sendMessage(chat, takes, delivery) {
      if (isOffline) throw new TypeError('fetch failed')
      deliveryDelay = delivery
      const body = JSON.stringify({ message: { parts: [{ type: 'text', value: 'x' }] } })
      await travel(`${baseUrl}/v3/chats/${chat}/messages`, { method: 'POST', body }, { takes })
    },
    setOffline(offline) {
      isOffline = offline
    },
  }
}

const unreachable: FuzzJourney = {
  up: 'reset',
  down: 0,
  answer: { status: 204, code: 0, retryAfter: null, isPage: false, hasLanded: true },
}

/** An answer as the emulator gives it; one that says the truth is left to it. */
export function inFull({ status, code, retryAfter, isPage, hasLanded }: FuzzAnswer): LinqAnswer | undefined {
  if (status === 204) return undefined
  return {
    status,
    landed: hasLanded,
    ...(code !== 0 && { code }),
    ...(retryAfter !== null && { retryAfter }),
    ...(isPage ? { body: '<!doctype html><title>Nothing here</title>' } : code === 0 && { body: '' }),
  }
}
