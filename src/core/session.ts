import { createAlarm } from './alarm.js'
import { settleCaller } from './caller.js'
import { type Call, createChat, type Message, stopTries, type Wish } from './chat.js'
import { maxAge, type Moment, readClock } from './clock.js'
import { deliver, settleCall } from './outcome.js'
import { isRefusedSend } from './isRefusedSend.js'
import { report } from './report.js'
import type { TypingPolicy } from './policy.js'
import * as rules from './rules.js'
import type { SessionWorld } from './sessionWorld.js'
import { carry } from './typingCall.js'
import { TypingError } from './typingError.js'
import type { TypingRequest } from './typingFetcher.js'
import { createTypingInput, type TypingInput, type TypingInputOptions } from './typingInput.js'
import { idleState, sameState, type TypingState } from './typingState.js'
import { afterReconnect, afterWake } from './waits.js'

/** One chat: the wish of its inputs, the belief about its bubble, and the call that is their difference. */
export interface Session {
  join: (options: TypingInputOptions) => TypingInput
  state: () => TypingState
  /** Acts on what is so now. */
  reconcile: () => void
  /** Ends what is being composed in every input. */
  end: () => void
  /** Ends it, and the bubble with it, even where a message is about to clear it, or should have. */
  stop: () => void
  /** The page or the machine is back: what could not be stopped is tried again. */
  wake: () => void
  /** The network is back: what waited for it waits no longer. */
  reconnect: () => void
  reset: () => void
  /** Sends what is owed, once, and leaves no timer. */
  close: () => void
  /** Goes on with what was under way when it closed. */
  open: () => void
  /** Whether nothing is left that somebody who comes back has to know. */
  isForgettable: () => boolean
}

/** @param onRest told when the chat, without inputs, has nothing more to do. */
export function createSession(
  chatId: string,
  world: SessionWorld,
  onChange: () => void,
  onRest: () => void,
): Session {
  const { clock, caller, failures } = world
  const readNow = () => readClock(clock)
  const chat = createChat(readNow())
  const alarm = createAlarm(clock, () => reconcile())
  const inputs = new Map<Wish, { end: () => void; onError: TypingInputOptions['onError'] }>()
  let state = idleState
  let toldError: TypingError | null = null
  let timeout: ReturnType<typeof carry> | null = null
  let isAtRest = true
  /** The policy of the last pass, if the bubble is on and nothing else is going on: then one more key changes nothing. */
  let steady: TypingPolicy | null = null

  const passAt = (now: Moment): rules.Pass => ({
    now,
    policy: world.policy(),
    caller,
    isClosed: world.isClosed(),
  })

  /** Facts, rules, and one call at the most. */
  function reconcile(now = readNow()): void {
    if (isAtRest) return
    const pass = passAt(now)
    closeWindows(pass)
    if (chat.call === null) act(pass)
    publish(pass)
    const isSteady =
      chat.call === null && chat.error === null && chat.messages.length === 0 && !rules.isStartDue(chat, pass)
    steady = isSteady ? pass.policy : null
    if (!rules.isBusy(chat, pass)) rest(pass)
    else alarm.ringWithin(pass.isClosed ? Infinity : rules.timeToNextChange(chat, pass), now)
  }

  function closeWindows(pass: rules.Pass): void {
    for (const message of rules.deliveredMessages(chat, pass)) {
      deliver(chat, message)
      chat.owesCorrection ||= rules.isTyping(chat, pass)
    }
  }

  function act(pass: rules.Pass): void {
    const isAsked = chat.owesCorrection || (rules.isAsking(chat, pass) && rules.isStartDue(chat, pass))
    // Before the call: its fetcher may come back with an edit.
    for (const wish of chat.wishes) wish.isAsking = false
    chat.owesCorrection = false
    if (rules.isTyping(chat, pass)) {
      chat.stopsLeft = stopTries
      if (isAsked && !chat.isRefused && rules.startWait(chat, pass) === 0) call('start', pass)
    } else if (rules.isStopDue(chat, pass)) call('stop', pass)
  }

  /** What could not be stopped may be tried anew, as soon as it may. */
  function allowStops(): void {
    chat.stopsLeft = stopTries
    chat.stopWaits = afterWake(chat.stopWaits, failures.waitForNetwork)
  }

  function call(action: TypingRequest['action'], pass: rules.Pass): void {
    const { now, policy, isClosed } = pass
    const mine: Call = { action, sentAt: now, tick: world.nextTick(), isWiped: false }
    chat.call = mine
    if (action === 'stop') chat.stopsLeft = rules.isOverdue(chat, pass) ? 0 : chat.stopsLeft - 1
    else {
      caller.underWay++
      caller.lastSentAt = now
    }
    const request = { chatId, action, keepalive: isClosed || world.page() !== 'visible' }
    const options = { timeout: policy.timeout, clock, read }
    timeout = carry(world.fetcher, request, options, (error) => settle(mine, error))
    if (isClosed) timeout.stopTimeout()
  }

  function read(thrown: unknown): TypingError {
    const error = failures.read(thrown)
    const { reason, status, cause } = error
    const isUnanswered = status === undefined && (reason === 'network' || reason === 'timeout')
    return isUnanswered && !world.isOnline() ? new TypingError({ reason: 'offline', cause }) : error
  }

  function settle(mine: Call, error: TypingError | null): void {
    const now = readNow()
    const context = { now, tick: world.nextTick(), waitAfter: failures.waitAfter }
    const concernsOthers = settleCaller(caller, mine, error, context)
    settleCall(chat, mine, error, context)
    if (mine.action === 'stop' && world.isClosed()) chat.stopsLeft = 0
    if (error !== null) world.onFailure(error)
    reconcile(now)
    if (concernsOthers) world.onCallerChange()
  }

  function publish(pass: rules.Pass): void {
    const { error } = chat
    const isNewError = error !== null && error !== toldError
    toldError = error
    const status = rules.statusOf(chat, pass)
    const retryAt = status === 'waiting' ? rules.retryAt(chat, pass, state.retryAt) : null
    tell({ status, error, isTyping: rules.isTyping(chat, pass), retryAt })
    if (isNewError) for (const { onError } of [...inputs.values()]) report(() => onError?.(error))
  }

  function tell(next: TypingState): void {
    if (sameState(state, next)) return
    state = next
    onChange()
  }

  /** Nobody is left and nothing is owed: what is known stays, without a timer, for those who come back. */
  function rest(pass: rules.Pass): void {
    isAtRest = true
    alarm.ringWithin(Infinity, pass.now)
    forgetRefusal()
    chat.stopsLeft = 0
    if (rules.startWait(chat, pass) === 0) chat.error = null
    tell(idleState)
    onRest()
  }

  /** A chat that is opened again is tried again. */
  function forgetRefusal(): void {
    if (!chat.isRefused) return
    chat.isRefused = false
    chat.error = null
    chat.stopsLeft = 0
  }

  function sent(editedAt: Moment, sentAt: Moment, sending?: PromiseLike<unknown>): void {
    const message: Message = { tick: world.nextTick(), sentAt, editedAt, acceptedAt: null }
    chat.messages.push(message)
    if (sending === undefined) message.acceptedAt = sentAt
    else
      void Promise.resolve(sending).then(
        (value) => sendSettled(message, !isRefusedSend(value)),
        () => sendSettled(message, false),
      )
  }

  function sendSettled(message: Message, isSent: boolean): void {
    const now = readNow()
    // A window that ends in this very moment is not held open by the next.
    closeWindows(passAt(now))
    if (isSent) message.acceptedAt = now
    else chat.messages = chat.messages.filter((other) => other !== message)
    reconcile(now)
  }

  function end(now = readNow()): void {
    for (const input of inputs.values()) input.end()
    reconcile(now)
  }

  return {
    join({ onError }) {
      const wish: Wish = { editedAt: null, isAsking: false }
      const isReopened = chat.wishes.size === 0
      if (isReopened) forgetRefusal()
      const { end, ...input } = createTypingInput(wish, {
        now: readNow,
        idleTimeout: world.policy().idleTimeout,
        isPageGone: () => world.page() === 'gone',
        isComposing: (of, now) => rules.isComposing(of, { now, policy: world.policy() }),
        isSteady({ editedAt }, now) {
          const { acceptedAt } = chat.bubble
          if (steady === null || steady !== world.policy() || editedAt === null || acceptedAt === null)
            return false
          return (
            maxAge(editedAt, now) < steady.idleTimeout && maxAge(acceptedAt, now) < steady.refreshInterval
          )
        },
        reconcile,
        reconcileIfQuiet(now) {
          if (!rules.isTyping(chat, passAt(now))) reconcile(now)
        },
        onSent: sent,
        onLeave(now) {
          chat.wishes.delete(wish)
          inputs.delete(wish)
          chat.leftAt = now
        },
      })
      chat.wishes.add(wish)
      inputs.set(wish, { end, onError })
      isAtRest = false
      if (isReopened) reconcile()
      return input
    },
    state: () => state,
    reconcile: () => reconcile(),
    end: () => end(),
    stop() {
      chat.stopForcedTick = world.nextTick()
      if (!isAtRest) chat.stopsLeft = stopTries
      end()
    },
    wake() {
      if (isAtRest) return
      // A provider that is gone has sent what it owed.
      if (!world.isClosed()) allowStops()
      reconcile()
    },
    reconnect() {
      chat.startWait = afterReconnect(chat.startWait, failures.waitForNetwork)
      if (isAtRest || world.isClosed()) return
      allowStops()
      reconcile()
    },
    reset() {
      chat.failures = 0
      chat.startWait = null
      chat.stopWaits = []
      chat.error = null
      chat.isRefused = false
      if (!isAtRest) chat.stopsLeft = stopTries
      reconcile()
    },
    close() {
      timeout?.stopTimeout()
      for (const input of inputs.values()) input.end()
      inputs.clear()
      chat.wishes.clear()
      chat.leftAt = readNow()
      reconcile()
    },
    open() {
      if (isAtRest) return
      timeout?.startTimeout()
      alarm.ringWithin(0, readNow())
    },
    isForgettable: () => isAtRest && rules.isForgettable(chat, passAt(readNow())),
  }
}
