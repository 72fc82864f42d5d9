import { LinqAPIV3 } from '@linqapp/sdk'
import { randomUUID } from 'node:crypto'
import { createMemoryStore, createTypingHub } from 'react-linq-typing/server'
import type { LinqClock, LinqEmulator } from 'react-linq-typing/testing'
import type { DemoMode } from '../api.js'
import { addRecipientRoutes } from './addRecipientRoutes.js'
import { createApp } from './createApp.js'
import { createDemoLinq } from './createDemoLinq.js'
import { createRealUpstream } from './createRealUpstream.js'
import { createTypists } from './createTypists.js'
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
  const { port = 5173, clock = machineClock, mode = 'emulated', linq, log = console.error } = options
  if (mode === 'real') {
    const hub = createTypingHub()
    const { app } = createApp(createRealUpstream(linq ?? new LinqAPIV3(clientOptions)), { hub, log })
    return { ...(await servePage(app, port)), emulator: null }
  }

  const token = randomUUID()
  const demo = await createDemoLinq(clock, token)
  const upstream = await serveLinq(demo.emulator)
  const typists = createTypists(clock)
  const hub = createTypingHub({
    // A switch of the network ends Linq's limit early, so the hub doesn't remember it.
    store: { ...createMemoryStore(), quiet: () => Promise.resolve(0) },
    onEvent: typists.hear,
  })
  // A hub that knows of no message withholds no stop, and there were some before the start.
  for (const { id } of demo.chats) await hub.sent(id)
  const { app, forgetLimit } = createApp(
    {
      mode,
      linq: new LinqAPIV3({ ...clientOptions, apiKey: token, baseURL: upstream.baseURL }),
      listChats: () => Promise.resolve(demo.chats),
    },
    { hub, log, typists },
  )
  addRecipientRoutes(app, { demo, typists, onNetwork: forgetLimit })
  try {
    const page = await servePage(app, port)
    const close = async () => {
      await page.close()
      await upstream.close()
    }
    return { url: page.url, emulator: demo.emulator, close }
  } catch (error) {
    await upstream.close()
    throw error
  }
}
