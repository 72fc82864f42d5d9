import { describe, expect, it } from 'vitest'
import type { Bubble, Call, Chat, Wait } from '../../src/core/chat.js'
import { allowStops, deliver, forgetFailure, resetChat, settleCall } from '../../src/core/outcome.js'
import type { TypingError } from '../../src/core/typingError.js'
import { ago, callOf, chatWith, errorOf, litAgo, messageOf, now } from './facts.js'

const wait = (duration: number, reason: Wait['reason'] = 'server', since = now): Wait => ({
  since,
  duration,
  reason,
})
const waitAfter = (error: TypingError, failures: number) => (error.retryAfter ?? 1_000) * failures

/** The chat after its call was answered, at tick 25. */
function settled(
  chat: Chat,
  action: Call['action'],
  error: TypingError | null,
  facts: Partial<Call> = {},
): Chat {
  const call = callOf(action, { sentAt: ago(5), tick: 20, ...facts })
  chat.call = call
  settleCall(chat, call, error, { now, tick: 25, waitAfter })
  return chat
}

const lit = litAgo(50)
const answered = errorOf('server', { status: 500 })
const lost = errorOf('network')
const unanswered: Partial<Bubble> = { belief: 'unknown', settledTick: Infinity }

describe('an answer', () => {
  it.each([null, answered])('of any kind makes way for the next call', (error) => {
    expect(settled(chatWith(), 'start', error).call).toBeNull()
  })
})

describe('a start', () => {
  const off: Partial<Bubble> = { belief: 'off', acceptedAt: null, landedAt: null }
  const landed = { landedAt: now, sentTick: 20, settledTick: 25 }
  it.each<[string, Bubble | undefined, TypingError | null, Partial<Call>, Partial<Bubble>]>([
    [
      'that is accepted lights the bubble',
      undefined,
      null,
      {},
      { ...landed, belief: 'on', acceptedAt: ago(5), acceptedTick: 20 },
    ],
    [
      'that is accepted lights it anew',
      lit,
      null,
      {},
      { ...landed, belief: 'on', acceptedAt: ago(5), acceptedTick: 20 },
    ],
    [
      'that a message may have wiped leaves it in doubt, though accepted',
      undefined,
      null,
      { isWiped: true },
      { ...landed, belief: 'unknown', acceptedAt: ago(5), acceptedTick: 20 },
    ],
    ['that is refused changes nothing', lit, answered, {}, lit],
    ['that is refused lights none', undefined, answered, {}, off],
    ['that is refused for good lights none', undefined, errorOf('forbidden', { status: 403 }), {}, off],
    ['that is lost may have landed', undefined, lost, {}, { ...landed, ...unanswered, acceptedAt: null }],
    [
      'that is lost leaves a bubble in doubt, and what was accepted as it was',
      lit,
      lost,
      {},
      { ...landed, ...unanswered, acceptedAt: ago(50), acceptedTick: 10 },
    ],
  ])('%s', (_, bubble, error, facts, after) => {
    expect(settled(chatWith({ ...(bubble && { bubble }) }), 'start', error, facts).bubble).toMatchObject(
      after,
    )
  })

  it.each<[string, TypingError, boolean]>([
    ['a lost connection', errorOf('network'), true],
    ['no answer in time', errorOf('timeout'), true],
    ['an answer of 408', errorOf('timeout', { status: 408 }), true],
    ['a device that is offline', errorOf('offline'), true],
    ['a gateway that gave up', errorOf('server', { status: 504 }), true],
    ['a web page with a status of 200', errorOf('server', { status: 200 }), true],
    ['a redirect', errorOf('server', { status: 300 }), false],
    ['a failure of the server', errorOf('server', { status: 500 }), false],
    ['a bad gateway', errorOf('server', { status: 502 }), false],
    ['a failure without a status', errorOf('server'), false],
    ['a limit', errorOf('rate-limited', { status: 429 }), false],
  ])('may have landed after %s: $2', (_, error, mayHave) => {
    expect(settled(chatWith(), 'start', error).bubble.landedAt !== null).toBe(mayHave)
  })

  it.each<[string, TypingError | null, number, number]>([
    ['that is accepted is not what a stop before it was asked for', null, 19, 0],
    ['that is accepted is what a stop during it was asked for', null, 21, 21],
    ['that is accepted leaves none asked for', null, 0, 0],
    ['that is lost leaves it asked for', lost, 19, 19],
  ])('%s', (_, error, stopForcedTick, after) => {
    expect(settled(chatWith({ stopForcedTick }), 'start', error).stopForcedTick).toBe(after)
  })
})

describe('a stop', () => {
  const off = { belief: 'off', acceptedAt: null, landedAt: null }
  const doubted = { ...lit, belief: 'unknown' } as const
  const cleared = { ...lit, belief: 'cleared' } as const
  it.each<[string, Bubble, TypingError | null, Partial<Bubble>]>([
    ['that is accepted ends the bubble', lit, null, off as Partial<Bubble>],
    ['that is accepted ends one in doubt', doubted, null, off as Partial<Bubble>],
    ['that is refused changes nothing', lit, answered, lit],
    ['that is lost leaves a bubble in doubt', lit, lost, doubted],
    ['that is lost leaves one in doubt in doubt', doubted, lost, doubted],
    ['that is lost leaves one that a message cleared as it is', cleared, lost, cleared],
  ])('%s', (_, bubble, error, after) => {
    expect(settled(chatWith({ bubble }), 'stop', error).bubble).toEqual({ ...bubble, ...after })
  })
})

describe('success', () => {
  const failed = {
    failures: { 'start outage': 3 },
    error: answered,
    startWait: wait(500),
    stopWaits: [wait(700)],
  }
  it('of a start ends its wait, and forgets what failed; a stop waits on', () => {
    expect(settled(chatWith(failed), 'start', null)).toMatchObject({
      failures: {},
      error: null,
      startWait: null,
      stopWaits: [wait(700)],
    })
  })

  it('of a stop leaves a start to wait', () => {
    expect(settled(chatWith(failed), 'stop', null)).toMatchObject({
      failures: {},
      error: null,
      startWait: wait(500),
      stopWaits: [wait(700)],
    })
  })
})

describe('a failure', () => {
  it('is told', () => {
    expect(settled(chatWith(), 'start', answered).error).toBe(answered)
  })

  it.each([
    ['another reason', errorOf('busy', { status: 500 })],
    ['another status', errorOf('server', { status: 502 })],
    ['another code', errorOf('server', { status: 500, code: 4002 })],
  ])('with %s than the one before is told', (_, error) => {
    expect(settled(chatWith({ error: answered }), 'start', error).error).toBe(error)
  })

  it('like the one before is not told again', () => {
    const again = errorOf('server', { status: 500, traceId: 'other' })
    expect(settled(chatWith({ error: answered }), 'start', again).error).toBe(answered)
  })

  it('of a start makes starts wait, the longer the more in a row', () => {
    const chat = settled(chatWith({ failures: { 'start outage': 2 } }), 'start', answered)
    expect(chat).toMatchObject({
      failures: { 'start outage': 3 },
      startWait: wait(3_000),
      stopWaits: [],
      isRefused: false,
    })
  })

  it.each(['server', 'network', 'timeout', 'offline'] as const)(
    'of reason %s counts as an outage',
    (reason) => {
      const chat = settled(chatWith({ failures: { 'start outage': 2 } }), 'start', errorOf(reason))
      expect(chat.startWait).toEqual(wait(3_000, reason))
    },
  )

  it.each(['invalid', 'forbidden', 'not-found', 'gone', 'unsupported'] as const)(
    'of reason %s that is not final counts as a refusal',
    (reason) => {
      const error = errorOf(reason, { isFinal: false })
      const chat = settled(chatWith({ failures: { 'start refusal': 2 } }), 'start', error)
      expect(chat.startWait).toEqual(wait(3_000, reason))
    },
  )

  it.each([
    ['of a stop', { 'stop outage': 2 }, answered],
    ['in an outage', { 'start outage': 2 }, errorOf('forbidden', { isFinal: false })],
    ['as busy', { 'start busy': 2 }, errorOf('forbidden', { isFinal: false })],
  ] as const)('of a start waits no longer for what failed %s before it', (_, failures, error) => {
    expect(settled(chatWith({ failures }), 'start', error).startWait).toEqual(wait(1_000, error.reason))
  })

  it('of a start ends no longer wait', () => {
    const running = wait(9_000, 'rate-limited')
    expect(settled(chatWith({ startWait: running }), 'start', answered).startWait).toBe(running)
  })

  it('of a start takes the place of a shorter wait', () => {
    const running = wait(900, 'rate-limited')
    expect(settled(chatWith({ startWait: running }), 'start', answered).startWait).toEqual(wait(1_000))
  })

  it('of a stop makes stops wait, each its own time, and no start', () => {
    const running = wait(11, 'rate-limited', ago(10))
    const over = wait(10, 'rate-limited', ago(10))
    const chat = settled(chatWith({ stopWaits: [running, over] }), 'stop', answered)
    expect(chat).toMatchObject({
      failures: { 'stop outage': 1 },
      startWait: null,
      stopWaits: [running, wait(1_000)],
    })
  })

  it.each(['start', 'stop'] as const)('of a %s for good makes the chat refuse, without a wait', (action) => {
    const chat = settled(chatWith(), action, errorOf('forbidden', { status: 403 }))
    expect(chat).toMatchObject({ isRefused: true, failures: {}, startWait: null, stopWaits: [] })
    expect(chat.error).toMatchObject({ reason: 'forbidden' })
  })

  it('of a start by a caller who is not recognised is told, and leaves its wait to the caller', () => {
    const chat = settled(
      chatWith({ failures: { 'start outage': 1 } }),
      'start',
      errorOf('unauthorized', { status: 401 }),
    )
    expect(chat).toMatchObject({ failures: { 'start outage': 1 }, startWait: null, stopWaits: [] })
    expect(chat.error).toMatchObject({ reason: 'unauthorized' })
  })

  it('of a stop by a caller who is not recognised waits as the first in a row', () => {
    const chat = settled(
      chatWith({ failures: { 'stop outage': 4 } }),
      'stop',
      errorOf('unauthorized', { status: 401 }),
    )
    expect(chat).toMatchObject({
      failures: { 'stop outage': 4 },
      startWait: null,
      stopWaits: [wait(1_000, 'unauthorized')],
    })
  })
})

describe('a message that arrives', () => {
  const message = messageOf({ tick: 15 })
  const other = messageOf({ tick: 14 })
  function delivered(facts: Parameters<typeof chatWith>[0] = {}): Chat {
    const chat = chatWith({ messages: [other, message], ...facts })
    deliver(chat, message)
    return chat
  }

  it('is on its way no more', () => {
    expect(delivered().messages).toEqual([other])
  })

  it.each<[string, Partial<Bubble>, Partial<Bubble>]>([
    ['clears a bubble that was answered before it left', lit, { belief: 'cleared', acceptedAt: null }],
    [
      'leaves one in doubt that nobody answered',
      { ...lit, ...unanswered },
      { belief: 'unknown', acceptedAt: null },
    ],
    ['clears one in doubt', { ...lit, belief: 'unknown' }, { belief: 'cleared', acceptedAt: null }],
    ['leaves one that is off', { ...lit, belief: 'off' }, { belief: 'off', acceptedAt: null }],
    [
      'doubts one that was on its way when it left',
      { ...lit, settledTick: 16 },
      { belief: 'unknown', acceptedAt: null },
    ],
    [
      'doubts one that was lit after it left, and what was accepted stays so',
      { ...lit, acceptedTick: 16, sentTick: 16, settledTick: 17 },
      { belief: 'unknown', acceptedAt: lit.acceptedAt },
    ],
    [
      'leaves one in doubt that was lit after it left',
      { ...lit, belief: 'unknown', settledTick: 17 },
      { belief: 'unknown' },
    ],
    [
      'leaves one cleared that was lit after it left',
      { ...lit, belief: 'cleared', settledTick: 17 },
      { belief: 'cleared' },
    ],
    ['cannot have left with an answer', { ...lit, settledTick: 15 }, { belief: 'unknown' }],
    [
      'cannot have left with a start',
      { ...lit, acceptedTick: 15, settledTick: 16 },
      { acceptedAt: lit.acceptedAt },
    ],
  ])('%s', (_, bubble, after) => {
    expect(delivered({ bubble }).bubble).toMatchObject(after)
  })

  it.each([
    ['start', true],
    ['stop', false],
  ] as const)('may wipe the bubble of a %s on its way: %s', (action, isWiped) => {
    expect(delivered({ call: callOf(action) }).call?.isWiped).toBe(isWiped)
  })

  it.each([
    ['a stop asked for before it left, with the bubble', lit, 14, 0],
    ['no stop asked for after it left', lit, 16, 16],
    ['no stop asked for, where the bubble is only in doubt', { ...lit, settledTick: 16 }, 14, 14],
    ['nothing where no stop was asked for', lit, 0, 0],
  ])('settles %s', (_, bubble, stopForcedTick, after) => {
    expect(delivered({ bubble, stopForcedTick }).stopForcedTick).toBe(after)
  })
})

describe('a new reason to stop', () => {
  it('gives two tries, and ends every wait but limits, and those for the network soon', () => {
    const limit = wait(9_000, 'rate-limited')
    const chat = chatWith({ stopsLeft: 0, stopWaits: [wait(9_000), limit, wait(9_000, 'offline')] })
    allowStops(chat, 2_000)
    expect(chat).toMatchObject({ stopsLeft: 2, stopWaits: [limit, wait(2_000, 'offline')] })
  })
})

describe('a reset', () => {
  it('forgets failures, waits, the error and a refusal, and nothing else', () => {
    const facts = {
      bubble: lit,
      call: callOf('start'),
      messages: [messageOf()],
      stopForcedTick: 7,
      stopsLeft: 1,
    }
    const chat = chatWith({
      ...facts,
      failures: { 'start outage': 3 },
      startWait: wait(1),
      stopWaits: [wait(1)],
      error: answered,
      isRefused: true,
    })
    resetChat(chat)
    expect(chat).toEqual(chatWith(facts))
  })
})

describe('a chat that is opened again', () => {
  it('forgets its refusal, and owes no stop to the bubble before it', () => {
    const chat = chatWith({ isRefused: true, error: answered, stopsLeft: 2 })
    forgetFailure(chat, 1)
    expect(chat).toMatchObject({ isRefused: false, error: null, stopsLeft: 0 })
  })

  it('keeps a failure that is still waited for, and no other', () => {
    const chat = chatWith({ error: answered, stopsLeft: 2 })
    forgetFailure(chat, 1)
    expect(chat).toMatchObject({ error: answered, stopsLeft: 2 })
    forgetFailure(chat, 0)
    expect(chat).toMatchObject({ error: null, stopsLeft: 2 })
  })
})
