import { getRequestListener } from '@hono/node-server'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import {
  createMemoryStore,
  createTypingHub,
  createTypingStream,
  type TypingStreamOptions,
} from 'react-linq-typing/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readPage, typistsOf } from './setUpStream.js'

const soon = { timeout: 30_000, interval: 5 }
const servers: Server[] = []
const sockets: Socket[] = []

/** A server with two customers, whose people are signed in by a cookie, and may see the chats of their own. */
async function setUp(options: Partial<TypingStreamOptions> = {}) {
  const store = createMemoryStore()
  const unsubscribe = vi.fn()
  const sessions = new Map([
    ['1', { actor: 'ada', tenant: 'acme', chats: ['a', 'b'] }],
    ['2', { actor: 'eve', tenant: 'acme', chats: ['c'] }],
    ['3', { actor: 'ada', tenant: 'other', chats: ['a', 'b', 'c'] }],
  ])
  const onEvent = vi.fn<NonNullable<TypingStreamOptions['onEvent']>>()
  const stream = createTypingStream({
    hub: createTypingHub({
      store: {
        ...store,
        subscribe(...args) {
          const end = store.subscribe(...args)
          return () => (unsubscribe(), end())
        },
      },
    }),
    identify({ headers }) {
      const id = /session=(\w+)/.exec(headers.get('cookie') ?? '')?.[1] ?? ''
      const session = sessions.get(id)
      if (session === undefined) return null
      const { actor, tenant } = session
      return { actor, tenant, maySee: (chatId) => sessions.get(id)?.chats.includes(chatId) === true }
    },
    onEvent,
    ...options,
  })
  const server = createServer((request, response) => void getRequestListener(stream)(request, response))
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const ask = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}/stream`, { headers: { Accept: 'text/event-stream', ...headers } })
  const open = async (session: string) => {
    const page = readPage(await ask({ Cookie: `session=${session}` }))
    await vi.waitFor(() => expect(page.events).not.toEqual([]), soon)
    return page
  }
  /** Opens a connection by hand. */
  const dial = async () => {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket.on('error', () => {}))
    await once(socket, 'connect')
    socket.write('GET /stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: session=1\r\n\r\n')
    return socket
  }
  const ends = () =>
    onEvent.mock.calls.flatMap(([event]) => (event.type === 'stream-closed' ? event.why : []))
  const opened = () => onEvent.mock.calls.filter(([{ type }]) => type === 'stream-opened').length
  const connections = () =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))
  return {
    store,
    sessions,
    ask,
    open,
    dial,
    opened,
    ends,
    unsubscribe,
    connections,
    ...typistsOf(store, 'acme'),
  }
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

describe('over real HTTP', () => {
  it('each page hears of its own chats, and of no others', async () => {
    const { open, agentTypes, recipientTypes } = await setUp()
    await agentTypes('a', 'bob', 'Bob')
    const [ada, eve, elsewhere] = [await open('1'), await open('2'), await open('3')]
    await recipientTypes('b', 'secret-b')
    await recipientTypes('c', 'secret-c')
    await vi.waitFor(() => expect(ada.events).toHaveLength(2), soon)
    await vi.waitFor(() => expect(eve.events).toHaveLength(2), soon)
    expect(ada.events).toMatchObject([
      { type: 'snapshot', typing: [{ chatId: 'a', who: { name: 'Bob' } }] },
      { type: 'typing', chatId: 'b', who: { handle: 'secret-b' } },
    ])
    expect(eve.events).toMatchObject([
      { type: 'snapshot', typing: [] },
      { type: 'typing', chatId: 'c', who: { handle: 'secret-c' } },
    ])
    expect(elsewhere.events).toEqual([{ type: 'snapshot', typing: [] }])
  })

  it('nobody without a session, and no page of another origin, is told anything', async () => {
    const { ask, recipientTypes } = await setUp()
    await recipientTypes('a')
    const tries: [Record<string, string>, number][] = [
      [{}, 401],
      [{ Cookie: 'session=9' }, 401],
      [{ Cookie: 'session=1', Origin: 'https://evil.test' }, 403],
      [{ Cookie: 'session=1', Origin: 'null' }, 403],
      [{ Cookie: 'session=1', Accept: 'image/avif' }, 403],
    ]
    for (const [headers, status] of tries) {
      const answer = await ask(headers)
      expect([headers, answer.status]).toEqual([headers, status])
      expect(await answer.text()).not.toContain('typing')
    }
  })

  it('a page whose session ends hears no more when its verdict has run out', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const { sessions, open, recipientTypes, recipientStops } = await setUp()
      const [ada, twin] = [await open('1'), await open('1')]
      await recipientTypes('a')
      await vi.waitFor(() => expect(ada.events).toHaveLength(2), soon)
      sessions.delete('1')
      vi.advanceTimersByTime(60_000)
      await recipientStops('a')
      await recipientTypes('a')
      await recipientTypes('b')
      await vi.waitFor(() => expect(ada.events.at(-1)).toMatchObject({ type: 'idle', chatId: 'a' }), soon)
      await vi.waitFor(() => expect(twin.events.at(-1)).toMatchObject({ type: 'idle', chatId: 'a' }), soon)
      expect(ada.events).toHaveLength(3)
      expect(ada.text()).not.toContain('"b"')
    } finally {
      vi.useRealTimers()
    }
  })

  it('a client that does not read is cut off, and its connection closed', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { dial, open, ends, connections, recipientTypes } = await setUp()
    const reader = await open('1')
    const lazy = await dial()
    lazy.pause()
    await vi.waitFor(async () => expect(await connections()).toBe(2), soon)
    await vi.waitFor(
      async () => {
        for (let i = 0; i < 50; i++) await recipientTypes('a', 'x'.repeat(10_000))
        await new Promise(setImmediate)
        expect(ends()).toEqual(['slow'])
      },
      { ...soon, interval: 1 },
    )
    await vi.waitFor(async () => expect(await connections()).toBe(1), soon)
    expect(reader.end()).toBeUndefined()
    printed.mockRestore()
  })

  it('a thousand connections that open and drop leave nothing behind', async () => {
    const { dial, opened, ends, connections, unsubscribe } = await setUp()
    for (let round = 0; round < 20; round++) {
      const dialed = await Promise.all(Array.from({ length: 50 }, dial))
      if (round % 2 === 0) await Promise.all(dialed.map((socket) => once(socket, 'data')))
      dialed.forEach((socket) => socket.destroy())
    }
    await vi.waitFor(async () => expect(await connections()).toBe(0), soon)
    // Some were gone before they were let in.
    await vi.waitFor(() => expect(ends()).toHaveLength(opened()), soon)
    expect(opened()).toBeGreaterThanOrEqual(500)
    expect(unsubscribe).toHaveBeenCalled()
    expect(new Set(ends())).not.toContain('slow')
  })
})
