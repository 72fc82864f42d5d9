import { createHttpFetcher, type TypingFetcher } from 'react-linq-typing'
import {
  createLinqEmulator,
  type LinqChatInit,
  type LinqEmulator,
  type LinqNetwork,
} from 'react-linq-typing/testing'
import { createPageCalls } from './createPageCalls.js'
import { createStoryNetwork } from './createStoryNetwork.js'
import { createStoryProxy, type StoryProxyOptions, storyToken } from './createStoryProxy.js'
import { serveChat } from './linqHandlers.js'
import type { RecipientCall } from './recipient/RecipientTruth.js'
import { fastSettings, type StageSettings } from './StageSettings.js'
import { storyDelivery, storyTimeout } from './storyPolicy.js'

/** What a story says about its Linq, as `parameters.linq`. */
export interface StoryLinqOptions {
  chat?: Omit<LinqChatInit, 'id'> | undefined
  /** What becomes of some calls, whatever the controls say. */
  network?: LinqNetwork | undefined
  /** What the recipient wrote before. @default 'Hello! Is it ready?' */
  greeting?: string | undefined
  /** A proxy between the page and Linq. @default none: the page calls Linq itself */
  proxy?: StoryProxyOptions | undefined
}

/** An emulated Linq with the one chat of a story, behind Mock Service Worker. */
export interface StoryLinq {
  emulator: LinqEmulator
  chatId: string
  fetcher: TypingFetcher
  /** How its network and its phone behave from now on. */
  configure: (settings: StageSettings) => void
  /** Sends a message; rejects where Linq refuses it. */
  send: (text: string) => Promise<void>
  /** Whether the recipient sees the bubble now. */
  sees: () => boolean
  /** How many calls of a kind reached Linq. */
  count: (action: 'start' | 'stop' | 'message') => number
  /** The page's calls, as the page knows them. */
  calls: () => readonly RecipientCall[]
}

/** Who aborts a call after this long, in milliseconds, was not heard by a service worker. */
const patience = storyTimeout + 100

export function createStoryLinq(
  { chat, network, greeting, proxy }: StoryLinqOptions = {},
  initial: StageSettings = fastSettings,
): StoryLinq {
  let settings = initial
  const emulator = createLinqEmulator({
    lifetime: initial.lifetime,
    deliveryDelay: storyDelivery.delay,
    network: createStoryNetwork(() => settings, network),
    ...(proxy && { token: storyToken }),
  })
  // Other stories may stand on the same page.
  const chatId = emulator.addChat({ ...chat, id: crypto.randomUUID() })
  emulator.receive(chatId, greeting ?? 'Hello! Is it ready?')

  const pageCalls = createPageCalls()
  const serveTyping = proxy && pageCalls.watch(createStoryProxy(emulator, proxy))
  serveChat(chatId, (request) => {
    if (serveTyping && request.url.endsWith('/typing')) return serveTyping(request)
    return emulator.fetch(request, {
      signal: AbortSignal.timeout(patience),
      ...(proxy && { headers: { Authorization: `Bearer ${storyToken}` } }),
    })
  })

  const baseUrl = '/api/linq'
  return {
    emulator,
    chatId,
    fetcher: createHttpFetcher({ baseUrl }),
    configure: (latest) => void (settings = latest),
    async send(text) {
      const response = await fetch(`${baseUrl}/v3/chats/${chatId}/messages`, {
        method: 'POST',
        body: JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } }),
      })
      if (!response.ok) throw new Error(`Linq answered ${response.status}.`)
    },
    sees: () => emulator.recipientSees(chatId),
    count: (action) => emulator.calls.filter((call) => call.action === action).length,
    calls() {
      if (!proxy) return emulator.calls
      const messages = emulator.calls.filter(({ action }) => action === 'message')
      return [...pageCalls.calls(), ...messages].sort((one, other) => one.sentAt - other.sentAt)
    },
  }
}
