import { type Caller, createCaller } from '../../src/core/caller.js'
import {
  type Bubble,
  type Call,
  type Chat,
  createChat,
  type Input,
  type Message,
  type ToldMessages,
} from '../../src/core/chat.js'
import type { Moment } from '../../src/core/clock.js'
import type { TypingPolicy } from '../../src/core/policy.js'
import type { Pass } from '../../src/core/rules.js'
import { TypingError, type TypingErrorInit } from '../../src/core/typingError.js'
import type { FailurePolicy } from '../../src/core/typingService.js'

/** Short, and each its own, so that no two durations can be taken for each other. */
export const policy: TypingPolicy = {
  minLifetime: 600,
  maxLifetime: 900,
  refreshInterval: 400,
  idleTimeout: 100,
  deliveryWindow: 30,
  timeout: 50,
}

/** Each failure in a row waits a second longer. */
export const failures: FailurePolicy = {
  readRefusal: ({ status, cause }) => new TypingError({ reason: 'server', status, cause }),
  waitAfter: (_, count) => 1_000 * count,
  waitForNetwork: 500,
}

/** A moment, at which both clocks show the same unless the wall clock is told apart. */
export function at(monotonic: number, wall = monotonic): Moment {
  return { monotonic, wall }
}

/** The moment in which the rules are asked. */
export const now = at(10_000)

/** A moment so many milliseconds ago, by both clocks or by each. */
export function ago(milliseconds: number, byWall = milliseconds): Moment {
  return at(now.monotonic - milliseconds, now.wall - byWall)
}

export function passWith(facts: Partial<Pass> = {}): Pass {
  return { now, policy, caller: callerWith(), isClosed: false, ...facts }
}

export function callerWith(facts: Partial<Caller> = {}): Caller {
  return { ...createCaller(at(0)), ...facts }
}

interface ChatFacts extends Partial<Omit<Chat, 'bubble' | 'inputs'>> {
  bubble?: Partial<Bubble>
  inputs?: Partial<Input>[]
}

/** A chat of which nothing is known but these facts; its last input left a moment ago. */
export function chatWith({ bubble, inputs = [], ...facts }: ChatFacts = {}): Chat {
  const chat = createChat(now)
  for (const input of inputs) chat.inputs.add({ editedAt: null, isAsking: false, ...input })
  Object.assign(chat.bubble, bubble)
  return Object.assign(chat, facts)
}

/** A bubble that a start lit so many milliseconds ago; the start left at tick 10 and was answered at tick 11. */
export function litAgo(milliseconds: number, byWall = milliseconds): Bubble {
  const since = ago(milliseconds, byWall)
  return {
    belief: 'on',
    acceptedAt: since,
    acceptedTick: 10,
    landedAt: since,
    sentTick: 10,
    settledTick: 11,
  }
}

export function callOf(action: Call['action'], facts: Partial<Call> = {}): Call {
  return { action, sentAt: now, tick: 20, isWiped: false, ...facts }
}

/** A message that left just now, from an input last edited just now, and whose sending is pending. */
export function messageOf(facts: Partial<Message> = {}): Message {
  return { tick: 30, sentAt: now, editedAt: now, acceptedAt: null, ...facts }
}

/** A message from others that the feed reported then. */
export function toldAt(lastAt: Moment, firstAt = lastAt): ToldMessages {
  return { firstAt, lastAt, mayBeOwn: false }
}

export function errorOf(
  reason: TypingErrorInit['reason'],
  facts: Partial<TypingErrorInit> = {},
): TypingError {
  return new TypingError({ reason, ...facts })
}
