import { LinqAPIV3 } from '@linqapp/sdk'
import { randomBytes, randomUUID } from 'node:crypto'
import { createTypingHub } from 'react-linq-typing/server'
import type { LinqClock, LinqEmulator } from 'react-linq-typing/testing'
import type { DemoMode } from '../api.js'
import { addRecipientRoutes } from './addRecipientRoutes.js'
import { createApp, webhookPath } from './createApp.js'
import { createDemoLinq } from './createDemoLinq.js'
import { createRealUpstream } from './createRealUpstream.js'
import { createTypists } from './createTypists.js'
import { openStore } from './openStore.js'
import { serveLinq } from './serveLinq.js'
import { servePage } from './servePage.js'

export interface StartExampleOptions {
  /** The first port to try; 0 is any. @default 5173 */
  port?: number | undefined
  /** The emulated Linq's time. @default the machine's */
  clock?: LinqClock | undefined
  /** @default 'emulated' */
  mode?: DemoMode | undefined
  /** The client of the real Linq. @default one that reads its token from LINQ_API_V3_API_KEY */
  linq?: LinqAPIV3 | undefined
  /** The Redis in which the hub keeps what it knows. @default the memory of this process */
  redisUrl?: string | undefined
  /** Signs the real Linq's webhooks. @default its recipients' typing isn't heard of */
  webhookSecret?: string | undefined
  /** A folder with the built page. @default the page is made from its source */
  page?: string | undefined
  /** Told of every typing call that failed. @default it is printed */
  log?: ((line: string) => void) | undefined
}

export interface Example {
  /** The page's address. */
  url: string
  /** The Linq behind it, unless that is the real one. */
  emulator: LinqEmulator | null
  /** Ends every server and connection. */
  close: () => Promise<void>
}

const clientOptions = { maxRetries: 0, timeout: 5_000 }

const machineClock: LinqClock = {
  now: () => Date.now(),
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
}

/** Starts the example: the page, the app's server, and, unless the real one is used, an emulated Linq. */
export async function startExample(options: StartExampleOptions = {}): Promise<Example> {
  const {
    port = 5173,
    clock = machineClock,
    mode = 'emulated',
    linq,
    redisUrl,
    webhookSecret,
    page,
    log = console.error,
  } = options
  const parts: { close: () => Promise<void> }[] = []
  const keep = <Part extends { close: () => Promise<void> }>(part: Part): Part => {
    parts.unshift(part)
    return part
  }
  const close = async () => {
    for (const part of parts) await part.close()
  }
  const onError = (error: unknown) => log(`The hub's store failed: ${String(error)}`)

  try {
    const { store } = keep(await openStore(redisUrl))
    if (mode === 'real') {
      const upstream = createRealUpstream(linq ?? new LinqAPIV3(clientOptions))
      const { app } = createApp(upstream, { hub: createTypingHub({ store, onError }), log, webhookSecret })
      const { url } = keep(await servePage(app, port, page))
      return { url, emulator: null, close }
    }

    const token = randomUUID()
    const secret = `whsec_${randomBytes(24).toString('base64')}`
    const demo = await createDemoLinq(clock, token)
    const { baseURL } = keep(await serveLinq(demo.emulator))
    const typists = createTypists(clock)
    const hub = createTypingHub({
      // A switch of the network ends Linq's limit early, so the hub doesn't remember it.
      store: { ...store, quiet: () => Promise.resolve(0) },
      onEvent: typists.hear,
      onError,
    })
    // A hub that knows of no message withholds no stop, and there were some before the start.
    for (const { id } of demo.chats) await hub.sent(id)
    const { app, forgetLimit } = createApp(
      {
        mode,
        linq: new LinqAPIV3({ ...clientOptions, apiKey: token, baseURL }),
        listChats: () => Promise.resolve(demo.chats),
      },
      { hub, log, typists, webhookSecret: secret },
    )
    addRecipientRoutes(app, { demo, typists, onNetwork: forgetLimit })
    const { url } = keep(await servePage(app, port, page))
    demo.emulator.webhooks = { secret, to: new URL(webhookPath, url).href }
    return { url, emulator: demo.emulator, close }
  } catch (error) {
    await close()
    throw error
  }
}
