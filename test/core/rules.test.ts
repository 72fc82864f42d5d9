import { describe, expect, it } from 'vitest'
import type { Chat, Wait } from '../../src/core/chat.js'
import {
  clears,
  deliveredMessages,
  dueCall,
  isAccepted,
  isBusy,
  isComposing,
  isForgettable,
  isOverdue,
  isSteady,
  isStopDue,
  isStopOwed,
  isTyping,
  type Pass,
  startWait,
  timeToNextChange,
} from '../../src/core/rules.js'
import {
  ago,
  callerWith,
  callOf,
  chatWith,
  errorOf,
  litAgo,
  messageOf,
  now,
  passWith,
  toldAt,
} from './facts.js'

const pass = passWith()
const closed = passWith({ isClosed: true })
const composing = { editedAt: now }
const asking = { editedAt: now, isAsking: true }
/** The last edit is an idle timeout ago. */
const idle = { editedAt: ago(100) }
const wait = (left: number, reason: Wait['reason'] = 'server'): Wait => ({
  since: ago(10),
  duration: 10 + left,
  reason,
})
const unrecognised = callerWith({ wait: wait(70, 'unauthorized') })

type Row = [fact: string, chat: Chat, answer: boolean, pass?: Pass]

describe('an input', () => {
  it.each([
    ['was never edited', null, false],
    ['was edited just now', now, true],
    ['was edited within the idle timeout', ago(99), true],
    ['was edited an idle timeout ago', ago(100), false],
    ['was edited an idle timeout ago by the wall clock alone', ago(0, 100), false],
    ['was edited an idle timeout ago by the monotonic clock alone', ago(100, 0), false],
    ['was edited later than now, by a clock set back', ago(-5, -500), true],
  ])('that %s composes: $2', (_, editedAt, answer) => {
    expect(isComposing({ editedAt, isAsking: false }, pass)).toBe(answer)
  })
})

describe('somebody types in a chat', () => {
  it.each<Row>([
    ['without inputs', chatWith(), false],
    ['with an input that composes', chatWith({ inputs: [composing] }), true],
    ['with one that composes behind one that does not', chatWith({ inputs: [idle, composing] }), true],
    ['with inputs that do not', chatWith({ inputs: [idle, { editedAt: null }] }), false],
  ])('%s: $2', (_, chat, answer) => {
    expect(isTyping(chat, pass)).toBe(answer)
  })
})

describe('one more edit changes nothing', () => {
  const lit = { bubble: litAgo(399) }
  it.each<Row>([
    ['under a bubble that is on', chatWith(lit), true],
    ['when it is time to refresh', chatWith({ bubble: litAgo(400) }), false],
    ['under a bubble that is off', chatWith(), false],
    ['during a call', chatWith({ ...lit, call: callOf('start') }), false],
    ['after a failure', chatWith({ ...lit, error: errorOf('server') }), false],
    ['with a message on its way', chatWith({ ...lit, messages: [messageOf({ tick: 5 })] }), false],
  ])('%s: $2', (_, chat, answer) => {
    expect(isSteady(chat, { editedAt: ago(99), isAsking: false }, pass)).toBe(answer)
  })

  it('only for somebody who composes already', () => {
    expect(isSteady(chatWith(lit), { editedAt: ago(100), isAsking: false }, pass)).toBe(false)
  })
})

describe('a start is accepted', () => {
  it.each<Row>([
    ['never', chatWith(), false],
    ['until its shorter lifetime is over', chatWith({ bubble: litAgo(599) }), true],
    ['no longer', chatWith({ bubble: litAgo(600) }), false],
    ['no longer by the wall clock alone', chatWith({ bubble: litAgo(0, 600) }), false],
  ])('%s: $2', (_, chat, answer) => {
    expect(isAccepted(chat, pass)).toBe(answer)
  })
})

describe('a message clears the bubble of a start', () => {
  it.each([
    ['without messages', [], false],
    ['that left before it', [messageOf({ tick: 11 })], true],
    ['that left with it', [messageOf({ tick: 10 })], false],
    ['that left before one of two', [messageOf({ tick: 9 }), messageOf({ tick: 11 })], true],
  ])('%s: $2', (_, messages, answer) => {
    expect(clears(chatWith({ messages }), 10)).toBe(answer)
  })
})

describe('the call that is due', () => {
  const lit = litAgo(50)
  it.each<[string, Chat, ReturnType<typeof dueCall>, Pass?]>([
    ['for an edit that nobody has looked at is a start', chatWith({ inputs: [asking] }), 'start'],
    ['for an edit that was looked at is none', chatWith({ inputs: [composing] }), null],
    [
      'for an edit of one input, while another composes, is a start',
      chatWith({ inputs: [composing, asking] }),
      'start',
    ],
    [
      'for an edit of an input that was ended, while another composes, is none',
      chatWith({ inputs: [composing, { editedAt: null, isAsking: true }] }),
      null,
    ],
    ['for an edit under a bubble that is on is none', chatWith({ inputs: [asking], bubble: lit }), null],
    ['at the refresh interval is a start', chatWith({ inputs: [asking], bubble: litAgo(400) }), 'start'],
    [
      'at the refresh interval by the wall clock alone is a start',
      chatWith({ inputs: [asking], bubble: litAgo(0, 400) }),
      'start',
    ],
    ['just before it is none', chatWith({ inputs: [asking], bubble: litAgo(399) }), null],
    [
      'at the refresh interval without an edit is none',
      chatWith({ inputs: [composing], bubble: litAgo(400) }),
      null,
    ],
    [
      'under a bubble in doubt is a start',
      chatWith({ inputs: [asking], bubble: { ...lit, belief: 'unknown' } }),
      'start',
    ],
    [
      'under a bubble that a message is about to clear is a start',
      chatWith({ inputs: [asking], bubble: lit, messages: [messageOf({ tick: 12 })] }),
      'start',
    ],
    [
      'under a bubble that was lit after the message left is none',
      chatWith({ inputs: [asking], bubble: lit, messages: [messageOf({ tick: 9 })] }),
      null,
    ],
    [
      'for a correction needs no edit',
      chatWith({ inputs: [composing], bubble: lit, owesCorrection: true }),
      'start',
    ],
    ['for a correction to nobody is none', chatWith({ owesCorrection: true }), null],
    ['in a chat that refuses is none', chatWith({ inputs: [asking], isRefused: true }), null],
    ['during the wait of a start is none', chatWith({ inputs: [asking], startWait: wait(1) }), null],
    ['at its end is a start', chatWith({ inputs: [asking], startWait: wait(0) }), 'start'],
    ['during the wait of a stop is a start', chatWith({ inputs: [asking], stopWaits: [wait(1)] }), 'start'],
    [
      'for a caller who is not recognised is none',
      chatWith({ inputs: [asking] }),
      null,
      passWith({ caller: unrecognised }),
    ],
    ['when nobody composes under a bubble is a stop', chatWith({ inputs: [idle], bubble: lit }), 'stop'],
    ['when nobody composes under none is none', chatWith({ inputs: [idle] }), null],
    ['while somebody composes is no stop', chatWith({ inputs: [composing], bubble: lit }), null],
  ])('%s', (_, chat, action, asked = pass) => {
    expect(dueCall(chat, asked)).toBe(action)
  })
})

describe('the wait of a start', () => {
  it.each([
    ['is none by itself', chatWith(), pass, 0],
    ['is the chat’s own', chatWith({ startWait: wait(40) }), pass, 40],
    ['is the caller’s', chatWith(), passWith({ caller: unrecognised }), 70],
    [
      'is the longer of both: the caller’s',
      chatWith({ startWait: wait(40) }),
      passWith({ caller: unrecognised }),
      70,
    ],
    [
      'is the longer of both: the chat’s',
      chatWith({ startWait: wait(80) }),
      passWith({ caller: unrecognised }),
      80,
    ],
    [
      'is the rest of a trial of a caller in doubt',
      chatWith(),
      passWith({ caller: callerWith({ isDoubtful: true, underWay: 1, lastSentAt: ago(20) }) }),
      30,
    ],
  ])('%s', (_, chat, asked, left) => {
    expect(startWait(chat, asked)).toBe(left)
  })
})

describe('a stop is owed', () => {
  const lit = litAgo(50)
  const cleared = { ...lit, belief: 'cleared' } as const
  it.each<Row>([
    ['for a bubble that is on', chatWith({ bubble: lit }), true],
    ['for one in doubt', chatWith({ bubble: { ...lit, belief: 'unknown' } }), true],
    ['for one that is off', chatWith(), false],
    ['for one that is off, if asked for', chatWith({ stopForcedTick: 1 }), false],
    ['for one that a message cleared', chatWith({ bubble: cleared }), false],
    ['for one that a message cleared, if asked for', chatWith({ bubble: cleared, stopForcedTick: 1 }), true],
    ['until the longer lifetime is over', chatWith({ bubble: litAgo(899) }), true],
    ['no longer', chatWith({ bubble: litAgo(900) }), false],
    ['while the wall clock says so', chatWith({ bubble: litAgo(900, 899) }), true],
    ['while the monotonic clock says so', chatWith({ bubble: litAgo(899, 900) }), true],
    ['in a chat that refuses', chatWith({ bubble: lit, isRefused: true }), false],
    ['with one try left', chatWith({ bubble: lit, stopsLeft: 1 }), true],
    ['with none left', chatWith({ bubble: lit, stopsLeft: 0 }), false],
  ])('%s: $2', (_, chat, answer) => {
    expect(isStopOwed(chat, pass)).toBe(answer)
  })
})

describe('a stop is due', () => {
  const bubble = litAgo(50)
  const inputs = [idle]
  const pending = messageOf({ tick: 12, editedAt: ago(99) })
  const abandoned = messageOf({ tick: 12, editedAt: ago(100) })
  const accepted = messageOf({ tick: 12, editedAt: ago(100), acceptedAt: now })
  /** The last input left as long ago as a stop may be owed. */
  const left = ago(80)
  it.each<Row>([
    ['for a bubble that is on', chatWith({ inputs, bubble }), true],
    ['for one that is off', chatWith({ inputs }), false],
    ['while another waits for a failure', chatWith({ inputs, bubble, stopWaits: [wait(1)] }), false],
    ['while one of two waits runs', chatWith({ inputs, bubble, stopWaits: [wait(1), wait(0)] }), false],
    ['at the end of the wait', chatWith({ inputs, bubble, stopWaits: [wait(0)] }), true],
    ['during the wait of a start', chatWith({ inputs, bubble, startWait: wait(1) }), true],
    ['while a message is being sent', chatWith({ inputs, bubble, messages: [pending] }), false],
    [
      'while one stays pending past the idle timeout',
      chatWith({ inputs, bubble, messages: [abandoned] }),
      true,
    ],
    ['while one that was accepted is delivered', chatWith({ inputs, bubble, messages: [accepted] }), false],
    [
      'while one is delivered that left before the start',
      chatWith({ inputs, bubble, messages: [{ ...accepted, tick: 10 }] }),
      true,
    ],
    [
      'while one is delivered that left after the stop was asked for',
      chatWith({ inputs, bubble, messages: [accepted], stopForcedTick: 11 }),
      false,
    ],
    [
      'while one is delivered that left before the stop was asked for',
      chatWith({ inputs, bubble, messages: [accepted], stopForcedTick: 13 }),
      true,
    ],
    [
      'while one of two is delivered that left after the start',
      chatWith({ inputs, bubble, messages: [{ ...accepted, tick: 9 }, accepted] }),
      false,
    ],
    [
      'of a start under way when the message left, while there is a window’s end to come',
      chatWith({ inputs, bubble: { ...bubble, settledTick: 13 }, messages: [accepted] }),
      false,
    ],
    [
      'of a start under way when the message left, once closed',
      chatWith({ bubble: { ...bubble, settledTick: 13 }, messages: [accepted] }),
      true,
      closed,
    ],
    [
      'of a start answered when the message left, once closed',
      chatWith({ bubble: { ...bubble, settledTick: 11 }, messages: [accepted] }),
      false,
      closed,
    ],
    ['during a wait, once closed', chatWith({ bubble, stopWaits: [wait(1)] }), true, closed],
    [
      'during a limit, once closed',
      chatWith({ bubble, stopWaits: [wait(1, 'rate-limited')] }),
      false,
      closed,
    ],
    ['during a wait, after leaving', chatWith({ bubble, leftAt: ago(79), stopWaits: [wait(1)] }), false],
    [
      'during a wait, at the end of what is owed',
      chatWith({ bubble, leftAt: left, stopWaits: [wait(1)] }),
      true,
    ],
    [
      'during a limit, at the end of what is owed',
      chatWith({ bubble, leftAt: left, stopWaits: [wait(1), wait(1, 'rate-limited')] }),
      false,
    ],
    [
      'under a message, at the end of what is owed',
      chatWith({ bubble, leftAt: left, messages: [accepted] }),
      true,
    ],
  ])('%s: $2', (_, chat, answer, asked = pass) => {
    expect(isStopDue(chat, asked)).toBe(answer)
  })
})

describe('what a chat without inputs owes is overdue', () => {
  it.each<Row>([
    ['when the last one left just now', chatWith(), false],
    ['within a timeout and a delivery window', chatWith({ leftAt: ago(79) }), false],
    ['after them', chatWith({ leftAt: ago(80) }), true],
    ['after them by the wall clock alone', chatWith({ leftAt: ago(0, 80) }), true],
    ['never while it has inputs', chatWith({ inputs: [idle], leftAt: ago(80) }), false],
  ])('%s: $2', (_, chat, answer) => {
    expect(isOverdue(chat, pass)).toBe(answer)
  })
})

describe('the messages that have arrived', () => {
  const open = messageOf({ tick: 31, acceptedAt: ago(29) })
  const over = messageOf({ tick: 32, acceptedAt: ago(30) })
  const pending = messageOf({ tick: 33 })
  it.each([
    ['are none of those that are pending', [pending], []],
    ['are none within the window', [open], []],
    ['are those whose window is over', [over], [over]],
    ['wait for the last of overlapping windows', [over, open], []],
    ['do not wait for one that is pending', [over, pending], [over]],
    ['come no sooner by a clock set ahead', [messageOf({ acceptedAt: ago(29, 3_600_000) })], []],
  ])('%s', (_, messages, arrived) => {
    expect(deliveredMessages(chatWith({ messages }), pass)).toEqual(arrived)
  })
})

describe('a chat is busy', () => {
  const leftAt = ago(80)
  const bubble = litAgo(50)
  it.each<Row>([
    ['with an input', chatWith({ inputs: [idle], leftAt }), true],
    ['with a call on its way', chatWith({ call: callOf('stop'), leftAt }), true],
    ['with nothing', chatWith(), false],
    ['with a stop that it owes', chatWith({ bubble }), true],
    ['with a stop that is overdue', chatWith({ bubble, leftAt }), false],
    ['with a message on its way', chatWith({ messages: [messageOf()] }), true],
    ['with a message, when all is overdue', chatWith({ messages: [messageOf()], leftAt }), false],
    ['with no stop left', chatWith({ bubble, stopsLeft: 0 }), false],
    [
      'with no stop left, until the network is back',
      chatWith({ bubble, stopsLeft: 0, stopWaits: [wait(1), wait(1, 'offline')] }),
      true,
    ],
    [
      'with no bubble to end when the network is back',
      chatWith({ stopsLeft: 0, stopWaits: [wait(1, 'offline')] }),
      false,
    ],
    [
      'with no stop left, and a wait that is not for the network',
      chatWith({ bubble, stopsLeft: 0, stopWaits: [wait(1)] }),
      false,
    ],
  ])('%s: $2', (_, chat, answer) => {
    expect(isBusy(chat, pass)).toBe(answer)
  })
})

describe('a chat can be forgotten', () => {
  const leftAt = ago(80)
  const message = (age: number) => messageOf({ sentAt: ago(age, 0) })
  it.each<Row>([
    ['with nothing', chatWith({ leftAt }), true],
    ['with an input', chatWith({ inputs: [idle] }), false],
    ['during the wait of a start', chatWith({ leftAt, startWait: wait(1) }), false],
    ['at its end', chatWith({ leftAt, startWait: wait(0) }), true],
    ['during the wait of a stop', chatWith({ leftAt, stopWaits: [wait(1)] }), false],
    ['at its end, too', chatWith({ leftAt, stopWaits: [wait(0)] }), true],
    ['while its bubble may be on', chatWith({ leftAt, bubble: litAgo(899) }), false],
    ['after its lifetime', chatWith({ leftAt, bubble: litAgo(900) }), true],
    ['while one clock says that it may be on', chatWith({ leftAt, bubble: litAgo(900, 899) }), false],
    [
      'while one that a message cleared may last',
      chatWith({ leftAt, bubble: { ...litAgo(899), belief: 'cleared' } }),
      false,
    ],
    ['while a message may wipe a bubble', chatWith({ leftAt, messages: [message(899)] }), false],
    ['while one of two may', chatWith({ leftAt, messages: [message(900), message(899)] }), false],
    ['when none may any more', chatWith({ leftAt, messages: [message(900)] }), true],
    ['while a message of others may arrive', chatWith({ leftAt, told: toldAt(ago(29, 0)) }), false],
    [
      'while the last of many that others sent may arrive',
      chatWith({ leftAt, told: toldAt(ago(29, 0), ago(10_001, 0)) }),
      false,
    ],
    [
      'while the next correction may still be put off',
      chatWith({ leftAt, correctedAt: now.monotonic - 9_999 }),
      false,
    ],
    ['once it no longer is', chatWith({ leftAt, correctedAt: now.monotonic - 10_000 }), true],
    ['once it must have', chatWith({ leftAt, told: toldAt(ago(30, 0)) }), true],
    [
      'while the feed may tell of a message that was sent',
      chatWith({ leftAt, untold: [message(899)] }),
      false,
    ],
    ['once it is too late for that', chatWith({ leftAt, untold: [message(900)] }), true],
  ])('%s: $2', (_, chat, answer) => {
    expect(isForgettable(chat, pass)).toBe(answer)
  })
})

describe('the time until something changes by itself', () => {
  const inputs = [idle]
  it.each<[string, Chat, number, Pass?]>([
    ['is endless where nothing does', chatWith({ inputs }), Infinity],
    ['is what is left of an idle timeout', chatWith({ inputs: [{ editedAt: ago(60) }] }), 40],
    ['is the first of two', chatWith({ inputs: [composing, { editedAt: ago(60) }, { editedAt: null }] }), 40],
    ['is that of the greater age', chatWith({ inputs: [{ editedAt: ago(60, 70) }] }), 30],
    [
      'is the end of a wait, for somebody who composes',
      chatWith({ inputs: [composing], startWait: wait(20) }),
      20,
    ],
    ['is not that of a wait for nobody', chatWith({ inputs, startWait: wait(20) }), Infinity],
    [
      'is the end of the caller’s wait',
      chatWith({ inputs: [composing] }),
      70,
      passWith({ caller: unrecognised }),
    ],
    [
      'is the end of a stop’s last wait',
      chatWith({ inputs, bubble: litAgo(50), stopWaits: [wait(20), wait(30)] }),
      30,
    ],
    ['is not that of a wait for no stop', chatWith({ inputs, stopWaits: [wait(20)] }), Infinity],
    ['is the end of an accepted start', chatWith({ inputs, bubble: litAgo(550) }), 50],
    ['is that end by the greater age', chatWith({ inputs, bubble: litAgo(550, 560) }), 40],
    [
      'is the end of a delivery window',
      chatWith({ inputs, messages: [messageOf({ acceptedAt: ago(10) })] }),
      20,
    ],
    [
      'is that end by the monotonic clock',
      chatWith({ inputs, messages: [messageOf({ acceptedAt: ago(10, 25) })] }),
      20,
    ],
    [
      'is when a pending message keeps the bubble no longer',
      chatWith({ inputs, messages: [messageOf({ editedAt: ago(60) })] }),
      40,
    ],
    ['is the end of the window of a message of others', chatWith({ inputs, told: toldAt(ago(10, 25)) }), 20],
    [
      'is when a correction that is put off is due',
      chatWith({ inputs, correctionAt: now.monotonic + 20 }),
      20,
    ],
    ['is the end of what a chat without inputs owes', chatWith({ leftAt: ago(70) }), 10],
    ['is not what is over', chatWith({ leftAt: ago(80), bubble: litAgo(600) }), Infinity],
  ])('%s', (_, chat, left, asked = pass) => {
    expect(timeToNextChange(chat, asked)).toBe(left)
  })
})
