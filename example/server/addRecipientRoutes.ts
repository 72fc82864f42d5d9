import type { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { streamSSE } from 'hono/streaming'
import type { NetworkSwitches } from '../api.js'
import type { DemoLinq } from './createDemoLinq.js'
import { createNetwork, readSwitches } from './createNetwork.js'
import type { Typists } from './createTypists.js'
import { readFields } from './readFields.js'
import { readTruth } from './readTruth.js'

/** How often the page is told the time when nothing happens, in milliseconds. */
const heartbeat = 5_000

export interface RecipientRoutes {
  demo: DemoLinq
  typists: Typists
  /** Called when the network was switched. */
  onNetwork: () => void
}

/** Adds what only an emulated Linq can offer: the recipient's truth, their hand, and the network's switches. */
export function addRecipientRoutes(app: Hono, { demo, typists, onNetwork }: RecipientRoutes): void {
  const { emulator, chats, clock } = demo
  let network: NetworkSwitches = { slow: false, answer: null }
  const watchers = new Set<() => void>()

  app.get('/api/recipient', (context) =>
    streamSSE(context, async (stream) => {
      let isDue = false
      const send = () => {
        isDue = false
        void stream.writeSSE({ data: JSON.stringify(readTruth(demo, typists, network)) })
      }
      // What happens in one moment is told once.
      const tell = () => {
        if (!isDue) queueMicrotask(send)
        isDue = true
      }
      let timer = clock.setTimeout(function beat() {
        tell()
        timer = clock.setTimeout(beat, heartbeat)
      }, heartbeat)
      const endings = [emulator.subscribe(tell), typists.subscribe(tell)]
      watchers.add(tell)
      tell()
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clock.clearTimeout(timer)
      for (const end of endings) end()
      watchers.delete(tell)
    }),
  )

  app.post('/api/recipient/messages', csrf(), async (context) => {
    const { chatId, text } = await readFields(context.req)
    const chat = chats.find(({ id }) => id === chatId)
    if (chat === undefined || typeof text !== 'string') return context.body(null, 400)
    emulator.recipientSends(chat.id, text)
    return context.body(null, 204)
  })

  app.post('/api/recipient/typing', csrf(), async (context) => {
    const { chatId, isTyping } = await readFields(context.req)
    const chat = chats.find(({ id }) => id === chatId)
    if (chat === undefined || typeof isTyping !== 'boolean') return context.body(null, 400)
    if (isTyping) emulator.recipientTypes(chat.id)
    else emulator.recipientStops(chat.id)
    return context.body(null, 204)
  })

  app.post('/api/network', csrf(), async (context) => {
    const switches = readSwitches(await readFields(context.req))
    if (switches === null) return context.body(null, 400)
    network = switches
    emulator.network = createNetwork(network)
    onNetwork()
    for (const tell of watchers) tell()
    return context.body(null, 204)
  })
}
