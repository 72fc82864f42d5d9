import { LinqAPIV3 } from '@linqapp/sdk'
import {
  createServerTyping,
  type ServerTypingOptions,
  type TypingServerEvent,
} from 'react-linq-typing/server'
import { createLinqEmulator, type LinqEmulator, type LinqNetwork } from 'react-linq-typing/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAgents } from './hub/setUpAgents.js'
import { token } from './setUp.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const second = 1_000
const minute = 60 * second

const pause = (duration: number) => new Promise<void>((resolve) => setTimeout(resolve, duration))
const pass = (duration: number) => vi.advanceTimersByTimeAsync(duration)

/** What reached Linq, and when in seconds. */
const callsOf = (linq: LinqEmulator) => linq.calls.map(({ action, sentAt }) => `${action} ${sentAt / second}`)

const refusal = (status: number, code?: number, retryAfter?: number): LinqNetwork => {
  return ({ action }) => (action === 'start' ? { answer: { status, code, retryAfter } } : undefined)
}

const postMessage = (sdk: LinqAPIV3, chatId: string) =>
  sdk.chats.messages.send(chatId, { message: { parts: [{ type: 'text', value: 'hello' }] } })

/** Typing for work on a server, with the official client, before the emulated Linq. */
function setUp({ network, ...options }: Partial<ServerTypingOptions> & { network?: LinqNetwork } = {}) {
  const linq = createLinqEmulator({ token, network, inactive: 'shown' })
  const chatId = linq.addChat()
  const sdk = new LinqAPIV3({ apiKey: token, fetch: linq.fetch })
  const onError = vi.fn<(error: unknown, chatId: string) => unknown>()
  const onEvent = vi.fn<(event: TypingServerEvent) => void>()
  const typing = createServerTyping({ linq: sdk, onError, onEvent, ...options })
  return {
    ...{ linq, sdk, chatId, typing, onError, onEvent },
    calls: () => callsOf(linq),
    sees: () => linq.recipientSees(chatId),
    send: () => postMessage(sdk, chatId),
    reasons: () => onError.mock.calls.map(([error]) => (error as { reason?: unknown }).reason),
  }
}

describe('while work goes on', () => {
  it('the bubble is on at once, and off when the work ends', async () => {
    const { typing, chatId, calls, sees } = setUp()
    const work = typing.during(chatId, () => pause(7 * second))
    await pass(0)
    expect(sees()).toBe(true)
    await pass(7 * second)
    await work
    expect(sees()).toBe(false)
    expect(calls()).toEqual(['start 0', 'stop 7'])
  })

  it('the bubble is refreshed, and has no gap', async () => {
    const { typing, chatId, calls, linq } = setUp()
    void typing.during(chatId, () => pause(130 * second))
    await pass(130 * second)
    expect(calls()).toEqual(['start 0', 'start 50', 'start 100', 'stop 130'])
    expect(linq.timeline(chatId)).toEqual([{ from: 0, to: 130 * second, endedBy: 'stop' }])
  })

  it('the bubble is on for five minutes at most, and the work is told by its signal', async () => {
    const { typing, chatId, calls, sees } = setUp()
    const aborted = vi.fn()
    const work = typing.during(chatId, async ({ signal }) => {
      signal.addEventListener('abort', aborted)
      await pause(10 * minute)
      return 'late'
    })
    await pass(5 * minute - 1)
    expect([sees(), aborted.mock.calls.length]).toEqual([true, 0])
    await pass(1)
    expect([sees(), aborted.mock.calls.length]).toEqual([false, 1])
    await pass(5 * minute)
    expect(await work).toBe('late')
    expect(calls().filter((call) => call.startsWith('stop'))).toEqual(['stop 300'])
    expect(calls()).toHaveLength(7)
  })

  it('the host’s own signal ends the bubble, and the work gets its reason', async () => {
    const { typing, chatId, calls } = setUp()
    const controller = new AbortController()
    const { signal } = controller
    const remove = vi.spyOn(signal, 'removeEventListener')
    const work = typing.during(
      chatId,
      ({ signal: own }) => pause(9 * second).then(() => own.reason as unknown),
      {
        signal,
      },
    )
    await pass(2 * second)
    controller.abort('nobody waits')
    await pass(7 * second)
    expect(await work).toBe('nobody waits')
    expect(calls()).toEqual(['start 0', 'stop 2'])
    expect(remove).toHaveBeenCalledTimes(1)
  })

  it('that nobody waits for any more, there is no bubble', async () => {
    const { typing, chatId, calls } = setUp()
    const signal = AbortSignal.abort()
    expect(await typing.during(chatId, ({ signal: own }) => own.aborted, { signal })).toBe(true)
    expect(calls()).toEqual([])
  })

  it('Linq is asked without retries, however slow it answers', async () => {
    const { typing, chatId, calls, sees } = setUp({ network: () => ({ up: 900, down: 900 }) })
    void typing.during(chatId, () => pause(second))
    await pass(5 * second)
    expect(calls()).toEqual(['start 0', 'stop 1.8'])
    expect(sees()).toBe(false)
  })
})

describe('work', () => {
  it('gives its result, whatever it is, and when it has it', async () => {
    const { typing, chatId } = setUp({ network: () => ({ up: 'lost' }) })
    const result = {}
    expect(await typing.during(chatId, () => result)).toBe(result)
    await pass(minute)
  })

  it('that throws ends the bubble, and throws what it threw', async () => {
    const { typing, chatId, calls } = setUp()
    const error = new Error('the model is down')
    const failing = typing.during(chatId, async () => {
      await pause(3 * second)
      throw error
    })
    const caught = failing.catch((thrown: unknown) => thrown)
    await pass(3 * second)
    expect(await caught).toBe(error)
    expect(calls()).toEqual(['start 0', 'stop 3'])
  })

  it('that throws before it waits for anything rejects', async () => {
    const { typing, chatId } = setUp()
    const work = typing.during(chatId, () => {
      throw new Error('at once')
    })
    await expect(work).rejects.toThrow('at once')
    await pass(0)
  })

  it('in a chat without a UUID is done all the same, and onError is told', async () => {
    const { typing, calls, onError, reasons } = setUp()
    expect(await typing.during('chat-1', ({ sent }) => sent('done'))).toBe('done')
    expect([reasons(), onError.mock.calls[0]![1]]).toEqual([['invalid'], 'chat-1'])
    expect(calls()).toEqual([])
    await typing.settled()
  })

  it('may name its chat in capitals', async () => {
    const { typing, chatId, linq } = setUp()
    const other = linq.addChat({ id: '0a0b0c0d-0000-4000-8000-00000000abcd' })
    await typing.during(other.toUpperCase(), () => pass(second))
    await pass(0)
    expect(linq.calls.map((call) => call.chatId)).toEqual([other, other])
    expect(linq.recipientSees(chatId)).toBe(false)
  })

  it('in one chat at the same time shares a bubble: the end of one doesn’t end that of the other', async () => {
    const { typing, chatId, linq, calls } = setUp()
    void typing.during(chatId, () => pause(10 * second))
    await pass(4 * second)
    void typing.during(chatId.toUpperCase(), () => pause(20 * second))
    await pass(20 * second)
    expect(calls()).toEqual(['start 0', 'stop 24'])
    expect(linq.timeline(chatId)).toHaveLength(1)
  })

  it('in two chats has two bubbles', async () => {
    const { typing, chatId, linq } = setUp()
    const other = linq.addChat()
    void typing.during(chatId, () => pause(5 * second))
    void typing.during(other, () => pause(8 * second))
    await pass(6 * second)
    expect([linq.recipientSees(chatId), linq.recipientSees(other)]).toEqual([false, true])
    await pass(2 * second)
  })
})

describe('a message of the work', () => {
  it('ends the bubble: no stop takes it away before', async () => {
    const { typing, chatId, calls, linq, send } = setUp()
    void typing.during(chatId, async ({ sent }) => {
      await pause(4 * second)
      await sent(send())
    })
    await pass(4 * second)
    await pass(2 * minute)
    expect(calls()).toEqual(['start 0', 'message 4'])
    expect(linq.timeline(chatId)).toEqual([{ from: 0, to: 5_100, endedBy: 'message' }])
  })

  it('may be told without a promise, once it has left', async () => {
    const { typing, chatId, calls, send } = setUp()
    void typing.during(chatId, async ({ sent }) => {
      await pause(4 * second)
      await send()
      sent()
    })
    await pass(minute)
    expect(calls()).toEqual(['start 0', 'message 4'])
  })

  it('is waited for, after the work has ended without doing so', async () => {
    const { typing, chatId, calls } = setUp()
    await typing.during(chatId, async ({ sent }) => {
      await pass(second)
      void sent(pause(4 * second))
    })
    await pass(minute)
    expect(calls()).toEqual(['start 0'])
  })

  it('that could not be sent counts as none: the bubble ends with the work', async () => {
    const { typing, chatId, calls, linq } = setUp()
    const work = typing.during(chatId, async ({ sent }) => {
      await pause(second)
      await sent(pause(second).then(() => Promise.reject(new Error('not sent')))).catch(() => undefined)
      await pause(20 * second)
      throw new Error('gave up')
    })
    const caught = work.catch(() => undefined)
    await pass(22 * second)
    await caught
    expect(calls()).toEqual(['start 0', 'stop 22'])
    expect(linq.timeline(chatId)).toHaveLength(1)
  })

  it('that was answered with a refusal counts as none', async () => {
    const { typing, chatId, calls } = setUp()
    await typing.during(chatId, async ({ sent }) => {
      await pass(second)
      const answer = await sent(Promise.resolve(new Response(null, { status: 422 })))
      expect(answer.status).toBe(422)
    })
    await pass(0)
    expect(calls()).toEqual(['start 0', 'stop 1'])
  })

  it('that fails when the work has ended already still ends the bubble', async () => {
    const { typing, chatId, calls } = setUp()
    await typing.during(chatId, async ({ sent }) => {
      await pass(second)
      sent(pause(2 * second).then(() => Promise.reject(new Error('not sent')))).catch(() => undefined)
    })
    await pass(2 * second)
    expect(calls()).toEqual(['start 0', 'stop 3'])
  })

  it('is followed by the bubble again, where the work goes on', async () => {
    const { typing, chatId, calls, linq, send } = setUp()
    void typing.during(chatId, async ({ sent }) => {
      await pause(4 * second)
      await sent(send())
      await pause(8 * second)
      await sent(send())
    })
    await pass(minute)
    expect(calls()).toEqual(['start 0', 'message 4', 'start 7', 'message 12'])
    expect(linq.timeline(chatId)).toEqual([
      { from: 0, to: 5_100, endedBy: 'message' },
      { from: 7_000, to: 13_100, endedBy: 'message' },
    ])
  })

  it('of one work leaves the other’s bubble on', async () => {
    const { typing, chatId, calls, linq, send } = setUp()
    void typing.during(chatId, () => pause(20 * second))
    void typing.during(chatId, async ({ sent }) => {
      await pause(4 * second)
      await sent(send())
    })
    await pass(19 * second)
    expect(linq.recipientSees(chatId)).toBe(true)
    await pass(second)
    expect(linq.recipientSees(chatId)).toBe(false)
    expect(calls().at(-1)).toBe('stop 20')
  })
})

describe('a failure of typing', () => {
  it('is told, and the work never learns of it: a refusal costs one call', async () => {
    const { typing, chatId, calls, onError, onEvent } = setUp({ network: refusal(403, 2005) })
    const work = typing.during(chatId, () => pause(2 * minute).then(() => 'done'))
    await pass(2 * minute)
    expect(await work).toBe('done')
    expect(calls()).toEqual(['start 0'])
    expect(onError.mock.calls).toEqual([
      [expect.objectContaining({ reason: 'forbidden', code: 2005 }), chatId],
    ])
    expect(onEvent.mock.calls).toEqual([
      [expect.objectContaining({ type: 'failed', action: 'start', reason: 'forbidden', chatId })],
    ])
  })

  it('that passes is followed by the bubble while the work goes on', async () => {
    let failures = 2
    const { typing, chatId, calls, sees, reasons } = setUp({
      network: () => (failures-- > 0 ? { answer: { status: 500 } } : undefined),
    })
    void typing.during(chatId, () => pause(20 * second))
    await pass(10 * second)
    expect(sees()).toBe(true)
    await pass(10 * second)
    expect(calls()).toEqual(['start 0', 'start 2', 'start 7', 'stop 20'])
    expect(reasons()).toEqual(['server', 'server'])
  })

  it("with Linq down doesn't delay the work, and leaves no timer", async () => {
    const { typing, chatId, calls, reasons } = setUp({ network: () => ({ up: 'reset' }) })
    const work = typing.during(chatId, () => pause(minute).then(() => 'done'))
    await pass(minute)
    expect(await work).toBe('done')
    await pass(minute)
    expect(new Set(reasons())).toEqual(new Set(['network']))
    expect(calls().slice(0, 5)).toEqual(['start 0', 'start 2', 'start 7', 'start 22', 'start 52'])
  })

  it('with a Linq that never answers is told as a timeout', async () => {
    const { typing, chatId, reasons } = setUp({ network: () => ({ up: 'lost' }) })
    void typing.during(chatId, () => pause(6 * second))
    await pass(minute)
    expect(reasons()[0]).toBe('timeout')
  })

  it('may make the host’s listeners fail: nobody hears of it', async () => {
    const { typing, chatId } = setUp({
      network: refusal(500),
      onError: () => Promise.reject(new Error('no log')),
      onEvent: () => {
        throw new Error('no log')
      },
    })
    expect(await typing.during(chatId, () => pass(second).then(() => 'done'))).toBe('done')
    await pass(minute)
  })

  it('to make the client is told, and the work is done', async () => {
    const broken = new Error('no key')
    const linq = () => Promise.reject(broken)
    const { typing, chatId, onError } = setUp({ linq })
    expect(await typing.during(chatId, () => pass(second).then(() => 'done'))).toBe('done')
    await pass(minute)
    expect(onError).toHaveBeenCalledWith(broken, chatId)
  })
})

describe('quiet times', () => {
  it('after Linq’s limit hold back every start to their end, and then the bubble is on', async () => {
    const network: LinqNetwork = ({ action, sentAt }) =>
      action === 'start' && sentAt === 0 ? { answer: { status: 429, code: 1007, retryAfter: 40 } } : undefined
    const { typing, chatId, calls, linq, onEvent } = setUp({ network })
    void typing.during(chatId, () => pause(minute))
    await pass(10 * second)
    const other = linq.addChat()
    void typing.during(other, () => pause(50 * second))
    const short = typing.during(linq.addChat(), () => pause(5 * second))
    await pass(29 * second)
    await short
    expect(calls()).toEqual(['start 0'])
    expect(onEvent.mock.calls.map(([event]) => event).filter(({ type }) => type === 'limited')).toEqual([
      expect.objectContaining({ by: 'linq', action: 'start', retryAfter: 30 * second, chatId: other }),
      expect.objectContaining({ by: 'linq', action: 'start', retryAfter: 30 * second }),
    ])
    await pass(second)
    expect(calls()).toEqual(['start 0', 'start 40', 'start 40'])
    expect([linq.recipientSees(chatId), linq.recipientSees(other)]).toEqual([true, true])
    await pass(20 * second)
    expect(calls().slice(3)).toEqual(['stop 60', 'stop 60'])
  })

  it('that a page’s start met hold back work’s too, where a hub is shared', async () => {
    let isLimited = true
    const { sdk, hub, chatId, start, calls } = await setUpAgents({
      network: () => (isLimited ? { answer: { status: 429, retryAfter: 7 } } : undefined),
    })
    const typing = createServerTyping({ linq: sdk, hub })
    await start('ada')
    isLimited = false
    void typing.during(chatId, () => pause(9 * second))
    await pass(6_900)
    expect(calls()).toEqual(['start'])
    await pass(2_100)
    expect(calls()).toEqual(['start', 'start', 'stop'])
  })

  it('are the only limit: much work is all shown', async () => {
    const start = vi.fn(() => Promise.resolve())
    const { typing, linq } = setUp({ linq: { chats: { typing: { start, stop: () => Promise.resolve() } } } })
    const works = Array.from({ length: 210 }, () => typing.during(linq.addChat(), () => pause(second)))
    await pass(second)
    await Promise.all(works)
    expect(start).toHaveBeenCalledTimes(210)
  })
})

describe('with a hub', () => {
  // The hub keeps a timer for a stop that it withheld, until the last lease has lapsed.
  afterEach(() => pass(2 * minute))

  async function setUpHub(options: Partial<ServerTypingOptions> = {}) {
    const onEvent = vi.fn<(event: TypingServerEvent) => void>()
    const known = await setUpAgents({ onEvent })
    const typing = createServerTyping({ linq: known.sdk, hub: known.hub, actor: 'bot', onEvent, ...options })
    return { ...known, typing, onEvent, send: () => postMessage(known.sdk, known.chatId) }
  }

  it('work and a person share the bubble: the last one turns it off', async () => {
    const { typing, chatId, start, stop, calls, sees, onEvent } = await setUpHub()
    void typing.during(chatId, () => pause(5 * second))
    await pass(second)
    await start('ada')
    await pass(4 * second)
    expect([calls(), sees()]).toEqual([['start', 'start'], true])
    expect(onEvent).toHaveBeenCalledWith({ type: 'withheld', chatId, actor: 'bot', tenant: undefined })
    await stop('ada')
    expect([calls().at(-1), sees()]).toEqual(['stop', false])
  })

  it('a person who stops leaves the work its bubble', async () => {
    const { typing, chatId, start, stop, calls, sees } = await setUpHub()
    void typing.during(chatId, () => pause(5 * second))
    await start('ada')
    await stop('ada')
    expect(sees()).toBe(true)
    await pass(5 * second)
    expect([calls(), sees()]).toEqual([['start', 'start', 'stop'], false])
  })

  it('two works share the bubble, also those of two servers', async () => {
    const { typing, sdk, hub, chatId, calls, sees } = await setUpHub()
    const elsewhere = createServerTyping({ linq: sdk, hub, actor: 'bot' })
    void typing.during(chatId, () => pause(3 * second))
    void typing.during(chatId, () => pause(6 * second))
    void elsewhere.during(chatId, () => pause(9 * second))
    await pass(8 * second)
    expect([calls(), sees()]).toEqual([['start', 'start', 'start'], true])
    await pass(second)
    expect([calls().at(-1), sees()]).toEqual(['stop', false])
  })

  it('a message of the work ends its own lease: the next stop ends the bubble', async () => {
    const { typing, chatId, start, stop, calls, send } = await setUpHub()
    await start('ada')
    await typing.during(chatId, async ({ sent }) => {
      await pass(second)
      await sent(send())
    })
    await pass(2 * second)
    await start('ada')
    await stop('ada')
    expect(calls()).toEqual(['start', 'start', 'message', 'start', 'stop'])
    await pass(10 * second)
  })

  it('a message of the work doesn’t say that the hub is told of people’s messages', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { sdk, hub, chatId, start, stop, calls } = await setUpAgents({ isTold: false })
    const typing = createServerTyping({ linq: sdk, hub })
    await typing.during(chatId, ({ sent }) => sent(postMessage(sdk, chatId)))
    await pass(10 * second)
    await start('ada')
    await start('bob')
    await stop('ada')
    expect(calls().at(-1)).toBe('stop')
  })

  it('a message that the host tells the hub of, too, is no other', async () => {
    const { typing, hub, chatId, linq, calls, sees, send } = await setUpHub()
    void typing.during(chatId, async ({ sent }) => {
      await pause(second)
      await sent(send().then(() => hub.sent(chatId, { id: 'message-1' })))
      await pause(9 * second)
    })
    await pass(9 * second)
    expect(sees()).toBe(true)
    await pass(second)
    expect(sees()).toBe(false)
    expect(calls()).toEqual(['start', 'message', 'start', 'stop'])
    expect(linq.timeline(chatId)).toHaveLength(2)
  })

  it('work that Linq failed leaves no lease behind, and the stop that it held back is sent', async () => {
    const { typing, chatId, linq, start, stop, sees } = await setUpHub()
    linq.network = () => ({ answer: { status: 503 } })
    void typing.during(chatId, () => pause(second))
    await pass(0)
    linq.network = undefined
    await start('ada')
    await stop('ada')
    expect(sees()).toBe(true)
    await pass(second + 1)
    expect(sees()).toBe(false)
  })

  it('those who type are named, each work apart', async () => {
    const { typing, hub, chatId } = await setUpHub({ name: 'Botty', tenant: 'one' })
    await hub.sent(chatId, { tenant: 'one' })
    const { store } = hub[Symbol.for('react-linq-typing.hub') as never] as {
      store: { typists: (tenant: string, chats: string[]) => Promise<{ actor: string; name: string }[]> }
    }
    void typing.during(chatId, () => pause(second))
    void typing.during(chatId, () => pause(second))
    await pass(0)
    const typists = await store.typists('one', [chatId])
    expect(typists.map(({ name }) => name)).toEqual(['Botty', 'Botty'])
    expect(new Set(typists.map(({ actor }) => actor)).size).toBe(2)
    expect(typists.every(({ actor }) => actor.startsWith('bot\n'))).toBe(true)
    await pass(second)
    expect(await store.typists('one', [chatId])).toEqual([])
  })
})

describe('settled', () => {
  it('waits for the stop of work that has ended, and for no other work', async () => {
    const { typing, chatId, linq, sees } = setUp({ network: () => ({ up: 300, down: 300 }) })
    const told = vi.fn()
    void typing.during(linq.addChat(), () => pause(10 * second))
    await typing.during(chatId, () => pass(second))
    void typing.settled().then(told)
    await pass(500)
    expect(told).not.toHaveBeenCalled()
    await pass(100)
    expect(told).toHaveBeenCalledTimes(1)
    expect(sees()).toBe(false)
    await pass(10 * second)
  })

  it('waits until a message that was told is there', async () => {
    const { typing, chatId } = setUp()
    await typing.during(chatId, ({ sent }) => pass(second).then(() => sent()))
    const told = vi.fn()
    void typing.settled().then(told)
    await pass(2_900)
    expect(told).not.toHaveBeenCalled()
    await pass(100)
    expect(told).toHaveBeenCalledTimes(1)
  })

  it('resolves at once where nothing is owed', async () => {
    const { typing } = setUp()
    await typing.settled()
  })
})

describe('createServerTyping', () => {
  it.each([
    [{}, 'createServerTyping needs linq'],
    [{ hub: {} }, 'createServerTyping can’t use this hub'.replace('’', "'")],
    [{ actor: '' }, 'createServerTyping was given an empty string as actor'],
    [{ name: 'x'.repeat(81) }, 'createServerTyping was given a string of 81 characters as name'],
  ])('says what is wrong with %o', (options, message) => {
    const { sdk } = setUp()
    const given = {
      ...('actor' in options || 'hub' in options || 'name' in options ? { linq: sdk } : {}),
      ...options,
    }
    expect(() => createServerTyping(given as never)).toThrow(message)
  })

  it.each([undefined, null])('says what is wrong with %o in place of options (row 133)', (options) => {
    expect(() => createServerTyping(options as never)).toThrow('createServerTyping needs linq')
  })

  it('sets no timer and makes no call by itself', async () => {
    const { calls } = setUp()
    await pass(minute)
    expect(calls()).toEqual([])
  })
})
