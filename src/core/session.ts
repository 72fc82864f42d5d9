import debounce from 'lodash.debounce'
import { createAlarm } from './alarm.js'
import { settleCaller } from './caller.js'
import { type Call, createChat, type Input, type Message, stopTries } from './chat.js'
import { type Moment, readClock } from './clock.js'
import { makeCall } from './makeCall.js'
import { allowStops, deliver, endOfflineWaits, forgetFailure, resetChat, settleCall } from './outcome.js'
import type { TypingPolicy } from './policy.js'
import * as rules from './rules.js'
import { runSafely } from './runSafely.js'
import { watchSending } from './sending.js'
import type { SessionWorld } from './sessionWorld.js'
import { closeToldWindow, expectTold, forgetMessage, hearMessage } from './toldMessages.js'
import type { TypingError } from './typingError.js'
import {
  createTypingInput,
  type TypingInput,
  type TypingInputHost,
  type TypingInputOptions,
} from './typingInput.js'
import type { FailurePolicy } from './typingService.js'
import { idleState, stateOf, type TypingState } from './typingState.js'

/** One chat: what its inputs want, what is believed about its bubble, and the call that makes up the difference. */
export interface Session {
  join: (options: TypingInputOptions) => TypingInput
  state: () => TypingState
  /** Acts on how things stand now. */
  reconcile: () => void
  /** Ends what is being composed in every input. */
  end: () => void
  /** Ends it, and the bubble with it, even if a message is about to clear it, or should have. */
  stop: () => void
  /** The page or the machine is back: failed stops are tried again. */
  wake: () => void
  /** The network is back: waits for it end. */
  reconnect: () => void
  reset: () => void
  /** The feed reported a message in the chat; `isOthers` if it is surely not this page's own. */
  messageTold: (isOthers: boolean) => void
  /** Sends what is owed, once, and leaves no timer. */
  close: () => void
  /** Resumes what was under way when it closed. */
  open: () => void
  /** Whether nothing is left that matters to someone who comes back. */
  isForgettable: () => boolean
}

/** @param onRest called when a chat without inputs has nothing more to do. */
export function createSession(
  chatId: string,
  world: SessionWorld,
  onChange: () => void,
  onRest: () => void,
): Session {
  const { caller, failures } = world
  const chat = createChat(readClock())
  // Lodash reads only the wall clock. So each pass checks the age of each edit, and the alarm rings if that clock is late.
  const idleClock = debounce(() => reconcile(), world.policy().idleTimeout)
  const alarm = createAlarm(() => reconcile())
  let state = idleState
  let timeout: ReturnType<typeof makeCall> | null = null
  let isAtRest = true
  /** The policy that the alarm was set by. */
  let policy: TypingPolicy | null = null

  const waitAfter: FailurePolicy['waitAfter'] = (error, count) => failures().waitAfter(error, count)
  const look = (now = readClock()): rules.Pass => ({
    now,
    policy: world.policy(),
    caller,
    isClosed: world.isClosed(),
  })

  /** Facts, rules, and at most one call. */
  function reconcile(pass = look()): void {
    if (isAtRest) return
    policy = pass.policy
    closeWindows(pass)
    if (chat.call === null) act(pass)
    tell(stateOf(chat, pass, state))
    if (!state.isTyping) idleClock.cancel()
    if (!rules.isBusy(chat, pass)) rest(pass)
    else alarm.ringWithin(pass.isClosed ? Infinity : rules.timeToNextChange(chat, pass), pass.now)
  }

  function closeWindows(pass: rules.Pass): void {
    closeToldWindow(chat, pass)
    for (const message of rules.deliveredMessages(chat, pass)) {
      deliver(chat, message)
      chat.owesCorrection ||= rules.isTyping(chat, pass)
    }
  }

  function act(pass: rules.Pass): void {
    const action = rules.dueCall(chat, pass)
    // Before the call: its fetcher may come back with an edit.
    for (const input of chat.inputs) input.isAsking = false
    chat.owesCorrection = false
    if (rules.isTyping(chat, pass)) chat.stopsLeft = stopTries
    if (action !== null) call(action, pass)
  }

  function call(action: Call['action'], pass: rules.Pass): void {
    const { now, isClosed } = pass
    const mine: Call = { action, sentAt: now, tick: world.nextTick(), isWiped: false }
    chat.call = mine
    if (action === 'stop') chat.stopsLeft = rules.isOverdue(chat, pass) ? 0 : chat.stopsLeft - 1
    else {
      chat.correctionAt = Infinity
      caller.underWay++
      caller.lastSentAt = now
    }
    const request = { chatId, action, keepalive: isClosed || world.page() !== 'visible' }
    timeout = makeCall(world, request, pass.policy.timeout, (error) => settle(mine, error))
    if (isClosed) timeout.stopTimeout()
  }

  function settle(mine: Call, error: TypingError | null): void {
    const now = readClock()
    const known = chat.error
    const context = { now, tick: world.nextTick(), waitAfter }
    const concernsOthers = settleCaller(caller, mine, error, context)
    settleCall(chat, mine, error, context)
    if (mine.action === 'stop' && (world.isClosed() || rules.isOverdue(chat, look(now)))) chat.stopsLeft = 0
    const news = chat.error === known ? null : chat.error
    reconcile(look(now))
    if (error !== null) runSafely(() => world.onFailure?.(error))
    if (news !== null) for (const { onError } of [...chat.inputs]) runSafely(() => onError?.(news))
    if (concernsOthers) world.onCallerChange()
  }

  function tell(next: TypingState): void {
    if (next === state) return
    state = next
    onChange()
  }

  /** Nobody is left and nothing is owed. What is known is kept, without a timer, for someone who comes back. */
  function rest(pass: rules.Pass): void {
    isAtRest = true
    alarm.ringWithin(Infinity, pass.now)
    forgetFailure(chat, rules.startWait(chat, pass))
    chat.stopsLeft = 0
    tell(idleState)
    onRest()
  }

  function onEdit(input: Input): void {
    const pass = look()
    const isOneMore = pass.policy === policy && rules.isSteady(chat, input, pass)
    input.editedAt = pass.now
    idleClock()
    if (isOneMore) return
    input.isAsking = true
    reconcile(pass)
  }

  function onSent(editedAt: Moment, pass: rules.Pass, sending?: PromiseLike<unknown>): void {
    const { now } = pass
    closeToldWindow(chat, pass)
    const message: Message = { tick: world.nextTick(), sentAt: now, editedAt, acceptedAt: null }
    chat.messages.push(message)
    expectTold(chat, message)
    if (sending === undefined) message.acceptedAt = now
    else watchSending(sending, (hasLeft) => sendSettled(message, hasLeft))
  }

  function sendSettled(message: Message, hasLeft: boolean): void {
    const pass = look()
    // A window that ends right now must not be held open by the next.
    closeWindows(pass)
    if (hasLeft) message.acceptedAt = pass.now
    else forgetMessage(chat, message)
    reconcile(pass)
  }

  function messageTold(isOthers: boolean): void {
    const pass = look()
    // A window that ends right now must not be held open by the next.
    closeWindows(pass)
    hearMessage(chat, isOthers, pass)
    reconcile(pass)
  }

  function endInputs(): void {
    for (const input of chat.inputs) input.editedAt = null
  }

  function end(): void {
    endInputs()
    reconcile()
  }

  function wake(): void {
    // A provider that is gone has sent what it owed.
    if (!isAtRest && !world.isClosed()) allowStops(chat, failures().waitForNetwork)
    reconcile()
  }

  const isPageGone = () => world.page() === 'gone'
  const host: TypingInputHost = { chat, look, isPageGone, onEdit, onSent, reconcile }

  return {
    join(options) {
      const isReopened = chat.inputs.size === 0
      if (isReopened) forgetFailure(chat, rules.startWait(chat, look()))
      const input = createTypingInput(options, host)
      isAtRest = false
      if (isReopened) reconcile()
      return input
    },
    state: () => state,
    reconcile: () => reconcile(),
    end,
    stop() {
      chat.stopForcedTick = world.nextTick()
      if (!isAtRest) chat.stopsLeft = stopTries
      end()
    },
    wake,
    reconnect() {
      endOfflineWaits(chat, failures().waitForNetwork)
      wake()
    },
    reset() {
      resetChat(chat)
      if (!isAtRest) chat.stopsLeft = stopTries
      reconcile()
    },
    messageTold,
    close() {
      timeout?.stopTimeout()
      endInputs()
      chat.inputs.clear()
      chat.leftAt = readClock()
      reconcile()
    },
    open() {
      if (isAtRest) return
      timeout?.startTimeout()
      alarm.ringWithin(0, readClock())
    },
    isForgettable: () => isAtRest && rules.isForgettable(chat, look()),
  }
}
