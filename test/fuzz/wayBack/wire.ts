import type { Cluster } from './cluster.js'
import type { Connection } from './transcript.js'
import { at, type Machine, never, type World } from './world.js'

/** What becomes of a page's connections. */
export interface Network {
  /** Whether new ones are refused, answered 503, or by nothing; nothing comes through while it is silent. */
  mode: 'well' | 'refuse' | 'busy' | 'silent'
  /** Whether what comes has to wait. */
  isStalled: boolean
  /** Breaks all that are open. */
  readonly cut: () => void
  /** Called when nothing has to wait any more. */
  readonly resume: () => void
}

/** The way between a page and the processes. */
export interface Wire {
  readonly network: Network
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
}

export interface WireOptions {
  readonly world: World
  readonly cluster: Cluster
  readonly machine: Machine
  readonly page: number
  /** Where each connection is written down. */
  readonly connections: Connection[]
  readonly routes: readonly number[]
  readonly latencies: readonly number[]
}

/** A server hears of a page that left without a word when its packets are given up, ms. */
const giveUp = 30_000

export function createWire(options: WireOptions): Wire {
  const { world, cluster, machine, page, connections, routes, latencies } = options
  const open = new Set<(reason: unknown) => void>()
  let waiting: (() => void)[] = []
  let count = page
  const network: Network = {
    ...{ mode: 'well', isStalled: false },
    cut: () => [...open].forEach((breakOff) => breakOff(new TypeError('The connection broke.'))),
    resume() {
      waiting.forEach((resolve) => resolve())
      waiting = []
    },
  }

  /** A chunk, or an end, comes when it can. */
  async function travel(): Promise<void> {
    await world.wait(latencies[count++ % latencies.length]!)
    while (network.isStalled || network.mode === 'silent')
      await new Promise<void>((resolve) => waiting.push(resolve))
    await world.back(machine)
  }

  async function carry(url: string, init: RequestInit): Promise<Response> {
    const connection: Connection = { askedAt: world.now(), openedAt: Infinity, closedAt: Infinity }
    connections.push(connection)
    const server = new AbortController()
    let pageSide: ReadableStreamDefaultController<Uint8Array> | undefined
    let isOver = false
    let fail: (reason: unknown) => void = () => {}
    const failed = new Promise<never>((_resolve, reject) => (fail = reject))
    failed.catch(() => undefined)

    function close(reason: unknown, isTold = true): void {
      if (isOver) return
      isOver = true
      connection.closedAt = world.now()
      open.delete(close)
      world.later(isTold && network.mode !== 'silent' ? 50 : giveUp, () => server.abort())
      fail(reason)
      if (reason === undefined) pageSide?.close()
      else pageSide?.error(reason)
    }
    init.signal?.addEventListener('abort', () => close(new DOMException('Left.', 'AbortError')))
    open.add(close)

    async function pump(body: ReadableStream<Uint8Array>, killed: Promise<never>): Promise<void> {
      const reader = body.getReader()
      try {
        for (;;) {
          const { done, value } = await Promise.race([reader.read(), killed])
          await travel()
          if (isOver || done) break
          pageSide?.enqueue(value)
        }
        close(undefined)
      } catch (error) {
        await travel()
        close(error)
      } finally {
        reader.cancel().catch(() => undefined)
      }
    }

    const answered = async (): Promise<Response> => {
      await travel()
      if (network.mode === 'refuse') throw new TypeError('Refused.')
      if (network.mode === 'busy') return new Response('{}', { status: 503 })
      const process = routes[count % routes.length]!
      const headers = { accept: 'text/event-stream', 'x-page': String(page), 'sec-fetch-site': 'same-origin' }
      const killed = cluster.isUp(process) ? cluster.killed(process) : never
      const answer = await cluster.call(
        process,
        'stream',
        new Request(url, { headers, signal: server.signal }),
      )
      await travel()
      if (answer.body === null || answer.status !== 200) return answer
      const { status, headers: sent, body } = answer
      connection.openedAt = world.now()
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => void (pageSide = controller),
        cancel: () => close(new DOMException('Left.', 'AbortError')),
      })
      void pump(body, killed)
      return new Response(stream, { status, headers: sent })
    }
    try {
      return await Promise.race([answered(), failed])
    } catch (error) {
      await world.back(machine)
      close(error)
      throw error
    } finally {
      if (connection.openedAt === Infinity) close(new TypeError('Never opened.'))
    }
  }

  return {
    network,
    fetch: (url, init) => at(undefined, () => carry(new URL(url, 'https://app.test').href, init)),
  }
}
