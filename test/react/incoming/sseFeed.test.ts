import { createSseFeed, type SseFeedOptions, type TypingFeedEvent } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { heldStream } from './heldStream.js'

let visibility: DocumentVisibilityState = 'visible'
let chance = 0
let printed: string[] = []
const ends: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  visibility = 'visible'
  chance = 0
  printed = []
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
  vi.spyOn(Math, 'random').mockImplementation(() => chance)
  vi.spyOn(console, 'error').mockImplementation((message: string) => void printed.push(message))
})
afterEach(() => {
  ends.splice(0).forEach((end) => end())
  Reflect.deleteProperty(document, 'visibilityState')
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const snapshot = (...typing: object[]) => ({ type: 'snapshot', typing })
const ada = { chatId: 'c1', who: { type: 'recipient' }, age: 1_000, endsIn: 80_000 }

function see(next: DocumentVisibilityState): void {
  visibility = next
  document.dispatchEvent(new Event('visibilitychange'))
}

async function open(options: Partial<SseFeedOptions> = {}) {
  const stream = heldStream()
  const feed = createSseFeed({ url: '/stream', fetch: stream.fetch, ...options })
  const listen = () => {
    const heard: TypingFeedEvent[] = []
    const end = feed((event) => heard.push(event))
    ends.push(end)
    return { heard, end }
  }
  const listener = listen()
  await pass(0)
  return { ...stream, ...listener, listen, feed }
}

describe('a feed over server-sent events', () => {
  it('tells what the stream says, in pieces of any size and between comments', async () => {
    const { last, heard } = await open()
    last().accept()
    await pass(0)
    last().say(':\n\nretry: 1000\n\nevent: snapshot\nda')
    await pass(0)
    last().say(`ta: ${JSON.stringify(snapshot(ada))}\n\n`)
    last().tell({ type: 'idle', chatId: 'C1', who: { type: 'recipient' } } as never)
    await pass(0)
    expect(heard).toMatchObject([snapshot(ada), { type: 'idle', chatId: 'c1' }])
  })

  it('tells nothing that makes no sense, and goes on', async () => {
    const { last, heard, connections } = await open()
    last().accept()
    await pass(0)
    last().say('data: {\n\ndata: null\n\ndata: {"type":"cat"}\n\ndata: {"type":"typing","chatId":"c1"}\n\n')
    last().tell(snapshot())
    await pass(0)
    expect(heard).toEqual([snapshot()])
    expect(connections).toHaveLength(1)
  })

  it('asks with the headers and credentials of the app', async () => {
    let token = 0
    const { last, connections } = await open({
      headers: async () => ({ authorization: `Bearer ${++token}` }),
      credentials: 'include',
    })
    const headersOf = () => Object.fromEntries(last().init.headers as Headers)
    expect(headersOf()).toEqual({ accept: 'text/event-stream', authorization: 'Bearer 1' })
    expect(last().init).toMatchObject({ credentials: 'include', cache: 'no-store' })
    last().lose()
    await pass(3_000)
    expect(connections).toHaveLength(2)
    expect(headersOf()).toMatchObject({ authorization: 'Bearer 2' })
  })

  it('leaves out a header without a value (row 134)', async () => {
    const { last } = await open({ headers: { authorization: undefined } as unknown as HeadersInit })
    expect([...(last().init.headers as Headers)]).toEqual([['accept', 'text/event-stream']])
  })

  it('shares one connection, and tells a later listener first who types', async () => {
    const { last, listen, connections, end } = await open()
    last().accept()
    await pass(0)
    expect(listen().heard).toEqual([])
    last().tell(snapshot(ada))
    await pass(5_000)
    const later = listen()
    expect(later.heard).toMatchObject([snapshot({ ...ada, age: 6_000, endsIn: 75_000 })])
    end()
    expect(last().isGone()).toBe(false)
    expect(connections).toHaveLength(1)
  })

  it('is closed when the last listener leaves, and knows nothing then', async () => {
    const { last, listen, end, connections } = await open()
    last().accept()
    await pass(0)
    last().tell(snapshot(ada))
    await pass(0)
    end()
    expect(last().isGone()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    const { heard } = listen()
    await pass(0)
    expect(heard).toEqual([])
    expect(connections).toHaveLength(2)
  })

  it('that is left and listened to in one go, as under StrictMode, connects once', async () => {
    const stream = heldStream()
    const feed = createSseFeed({ url: '/stream', fetch: stream.fetch })
    feed(() => {})()
    ends.push(feed(() => {}))
    await pass(10)
    expect(stream.connections).toHaveLength(1)
  })

  it('goes on for others when a listener throws', async () => {
    const errors: unknown[] = []
    const note = (error: unknown) => errors.push(error)
    process.on('uncaughtException', note)
    const { last, feed, heard, connections } = await open()
    ends.push(
      feed(() => {
        throw new Error('listener')
      }),
    )
    last().accept()
    await pass(0)
    last().tell(snapshot())
    last().tell(snapshot(ada))
    await pass(10)
    process.off('uncaughtException', note)
    expect(errors.map(String)).toEqual(['Error: listener', 'Error: listener'])
    expect(heard).toHaveLength(2)
    expect(connections).toHaveLength(1)
  })

  it('needs an address', () => {
    for (const options of [undefined, null, {}, { url: ' ' }])
      expect(() => createSseFeed(options as never)).toThrow(/needs the address/)
  })
})

describe('a stream that breaks', () => {
  it('comes back after 1 to 2 s, twice as long each time, up to 30 s', async () => {
    const { last, connections, times } = await open()
    for (let attempt = 1; attempt < 9; attempt++) {
      last().lose()
      await pass(0)
      while (connections.length === attempt) await pass(100)
    }
    const waits = times().map((at, index) => at - (times()[index - 1] ?? 0))
    expect(waits.slice(1)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000])
  })

  it('comes back later by chance, so that pages do not come all at once', async () => {
    chance = 0.999
    const { last, times } = await open()
    last().lose()
    await pass(10_000)
    expect(times()[1]).toBeGreaterThan(1_900)
    expect(times()[1]).toBeLessThanOrEqual(2_000)
  })

  it('comes back soon again after one that told something', async () => {
    const { last, connections } = await open()
    for (let round = 0; round < 3; round++) {
      last().lose()
      await pass(9_000)
    }
    expect(connections.length).toBe(4)
    last().accept()
    await pass(0)
    last().tell(snapshot())
    await pass(0)
    last().end()
    await pass(1_000)
    expect(connections.length).toBe(5)
  })

  it('waits at least as long as the server asks', async () => {
    const { last, connections } = await open()
    last().accept()
    await pass(0)
    last().say('retry: 7000\n\n')
    await pass(0)
    last().end()
    await pass(6_999)
    expect(connections).toHaveLength(1)
    await pass(1)
    expect(connections).toHaveLength(2)
  })

  it('is given up after 20 s without an answer, or without a byte', async () => {
    const { last, connections } = await open()
    await pass(19_999)
    expect(last().isGone()).toBe(false)
    await pass(1)
    expect(last().isGone()).toBe(true)
    await pass(1_000)
    expect(connections).toHaveLength(2)
    last().accept()
    for (let round = 0; round < 4; round++) {
      await pass(8_000)
      last().say(':\n')
    }
    expect(last().isGone()).toBe(false)
    await pass(20_000)
    expect(connections[1]!.isGone()).toBe(true)
  })

  it('does not believe what it hears first after a long sleep, which is from before, and comes back', async () => {
    const { last, connections, heard } = await open()
    last().accept()
    await pass(0)
    // The wall clock alone shows it.
    vi.setSystemTime(Date.now() + 60_000)
    last().tell(snapshot(ada))
    await pass(0)
    expect(heard).toEqual([])
    expect(last().isGone()).toBe(true)
    await pass(1_000)
    expect(connections).toHaveLength(2)
  })

  it.each([true, false])(
    'that sends nothing says once what may keep it, answered: %j',
    async (isAnswered) => {
      const { last } = await open({ url: `/buffered-${isAnswered}` })
      for (let round = 0; round < 2; round++) {
        if (isAnswered) last().accept()
        await pass(22_000)
      }
      last().accept()
      last().say(':\n\n')
      await pass(20_000)
      expect(printed).toEqual([expect.stringContaining(`/buffered-${isAnswered} sent nothing for 20 s`)])
      expect(printed[0]).toContain('turn off buffering and compression')
    },
  )

  it('for want of a class that jsdom lacks says once which (row 119)', async () => {
    vi.stubGlobal('TextDecoder', undefined)
    Reflect.deleteProperty(globalThis, 'TextDecoder')
    onTestFinished(() => void vi.unstubAllGlobals())
    const { last } = await open({ url: '/jest' })
    for (let round = 0; round < 2; round++) {
      last().accept()
      await pass(2_000)
    }
    expect(printed).toEqual([expect.stringMatching(/\/jest can't be read: TextDecoder is not defined.*Jest/)])
  })

  it('comes back at once when the network does', async () => {
    const { last, connections } = await open()
    for (let round = 0; round < 3; round++) {
      last().lose()
      await pass(9_000)
    }
    last().lose()
    await pass(10)
    window.dispatchEvent(new Event('online'))
    await pass(0)
    expect(connections).toHaveLength(5)
    last().accept()
    await pass(0)
    window.dispatchEvent(new Event('online'))
    await pass(0)
    expect(connections).toHaveLength(6)
    expect(connections[4]!.isGone()).toBe(true)
  })

  it('takes no bubble away: what comes back corrects it', async () => {
    const { last, heard } = await open()
    last().accept()
    await pass(0)
    last().tell(snapshot(ada))
    await pass(0)
    last().lose()
    await pass(2_000)
    expect(heard).toHaveLength(1)
    last().accept()
    await pass(0)
    last().tell(snapshot())
    await pass(0)
    expect(heard.at(-1)).toEqual(snapshot())
  })

  it('may begin with a snapshot of several megabytes, in pieces', async () => {
    const { last, connections, heard } = await open()
    last().accept()
    await pass(0)
    const name = 'x'.repeat(80)
    const typing = Array.from({ length: 4_000 }, (_, index) => ({
      ...ada,
      chatId: `${index}`.padEnd(640, '-'),
      who: { type: 'agent', id: `${index}`.padEnd(128, '-'), name },
    }))
    const text = `data: ${JSON.stringify(snapshot(...typing))}\n\n`
    expect(text.length).toBeGreaterThan(3_000_000)
    for (let at = 0; at < text.length; at += 65_536) last().say(text.slice(at, at + 65_536))
    await pass(10)
    expect(heard).toHaveLength(1)
    expect(connections).toHaveLength(1)
  })

  it('that never ends an event is given up', async () => {
    const { last, connections } = await open()
    last().accept()
    await pass(0)
    last().say('data: ')
    for (let piece = 0; piece < 17; piece++) last().say('x'.repeat(1_000_000))
    await pass(1_500)
    expect(connections[0]!.isGone()).toBe(true)
    expect(connections).toHaveLength(2)
  })
})

describe('an address without a stream for this page', () => {
  const page = { headers: { 'content-type': 'text/html' } }
  it.each<[string, () => Response, RegExp]>([
    ['401', () => new Response('', { status: 401 }), /answered 401.*identify\(\)/],
    ['403', () => new Response('', { status: 403 }), /answered 403.*identify\(\)/],
    ['404', () => new Response('', { status: 404 }), /answered 404.*createTypingStream\(\)/],
    ['204', () => new Response(null, { status: 204 }), /answered 204 without a stream/],
    ['a web page', () => new Response('<!doctype html>', page), /answered 200 without a stream/],
  ])('%s is tried again after 15 to 30 s, by chance, and printed once', async (name, answer, message) => {
    const { last, connections } = await open({ url: `/stream/${name}` })
    last().answer(answer())
    await pass(14_999)
    expect(connections).toHaveLength(1)
    await pass(1)
    expect(connections).toHaveLength(2)
    chance = 0.999
    last().answer(answer())
    await pass(29_000)
    expect(connections).toHaveLength(2)
    await pass(1_000)
    expect(connections).toHaveLength(3)
    expect(printed).toHaveLength(1)
    expect(printed[0]).toMatch(message)
  })

  it.each([
    ['answers nothing', () => new Response('', { status: 503 })],
    ['is away behind a gateway, which shows a page', () => new Response('<h1>', { status: 502, ...page })],
  ])('is told from a server that %s', async (_what, answer) => {
    const { last, connections } = await open()
    last().answer(answer())
    await pass(1_000)
    expect(connections).toHaveLength(2)
    expect(printed).toEqual([])
  })
})

describe('a page that cannot be seen', () => {
  it('gives its connection back after 30 s, and has it again once it shows', async () => {
    const { last, connections } = await open()
    last().accept()
    await pass(0)
    last().say(':\n')
    see('hidden')
    for (let round = 0; round < 3; round++) {
      await pass(9_999)
      last().say(':\n')
    }
    expect(last().isGone()).toBe(false)
    await pass(3)
    expect(last().isGone()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    window.dispatchEvent(new Event('online'))
    await pass(60_000)
    expect(connections).toHaveLength(1)
    see('visible')
    await pass(0)
    expect(connections).toHaveLength(2)
  })

  it('keeps it when it shows again before', async () => {
    const { last, connections } = await open()
    last().accept()
    see('hidden')
    await pass(15_000)
    last().say(':\n')
    see('visible')
    await pass(19_000)
    expect(last().isGone()).toBe(false)
    expect(connections).toHaveLength(1)
  })

  it('gives it back at once when it is left, so that it may come back from the cache', async () => {
    const { last, connections } = await open()
    last().accept()
    window.dispatchEvent(new Event('pagehide'))
    expect(last().isGone()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    window.dispatchEvent(new Event('pageshow'))
    await pass(0)
    expect(connections).toHaveLength(2)
  })
})
