import { createAlarm } from './alarm.js'
import { createBelief } from './belief.js'
import { createDeliveries } from './deliveries.js'
import type { SessionWorld } from './sessionWorld.js'
import { createSetbacks } from './setbacks.js'
import { carry } from './typingCall.js'
import type { TypingError } from './typingError.js'
import type { TypingRequest } from './typingFetcher.js'
import { createTypingInput, type TypingInput, type TypingInputOptions } from './typingInput.js'
import { idleState, sameState, statusOf, type TypingState } from './typingState.js'
import { createWish } from './wish.js'

/** One chat: the wish of its inputs, the belief about its bubble, and the call that is their difference. */
export interface Session {
  join: (options: TypingInputOptions) => TypingInput
  state: () => TypingState
  look: () => void
  /** Ends what is being composed in every input. */
  end: () => void
  /** Ends it, and the bubble with it, even where a message is about to clear it. */
  stop: () => void
  /** The page, the network or the machine is back: what could not be stopped is tried again. */
  wake: () => void
  reset: () => void
  /** Sends what is owed, once, and leaves no timer. */
  close: () => void
  /** Goes on with what was under way when it closed. */
  open: () => void
}

interface Call {
  readonly action: TypingRequest['action']
  timeout: ReturnType<typeof carry> | null
  /** Whether a message may have wiped its bubble before the answer came. */
  isWiped: boolean
}

/** Each time that nobody composes any more, a stop is sent, and once more after a passing failure. */
const stopTries = 2

export function createSession(
  chatId: string,
  world: SessionWorld,
  onChange: () => void,
  onGone: () => void,
): Session {
  const { clock, now, caller, policy } = world
  const wish = createWish(now)
  const belief = createBelief(now, policy)
  const deliveries = createDeliveries(now, policy, look)
  const setbacks = createSetbacks(now, caller)
  const alarm = createAlarm(clock, lookNow)
  let state = idleState
  let call: Call | null = null
  let ticks = 0
  let owesCorrection = false
  let stopsLeft = stopTries
  let isGone = false
  let isAtRest = false

  function lookNow(): void {
    now.read()
    look()
  }

  /** Wish, belief, difference. */
  function look(): void {
    if (isGone) return
    settleDeliveries()
    if (call === null) {
      const isAsked = owesCorrection || (wish.isAsking() && isStartDue())
      // Before the call: its fetcher may come back with an edit.
      wish.considered()
      owesCorrection = false
      if (wish.isOn()) {
        stopsLeft = stopTries
        setbacks.freeStops()
        if (isAsked) tryStart()
      } else if (isStopDue()) begin('stop')
    }
    publish()
    isAtRest = call === null && belief.isOn() && state.error === null && !deliveries.isOpen()
    if (wish.isOrphaned() && !isOwing()) {
      isGone = true
      alarm.ringWithin(Infinity)
      onGone()
    } else alarm.ringWithin(world.isClosed() ? Infinity : nextLook())
  }

  function isStartDue(): boolean {
    return !belief.isOn() || deliveries.clears(belief.sentTick()) || belief.age() >= policy().refreshInterval
  }

  /** Keeps a key cheap: what an edit could change is looked at only when it may have changed. */
  function isSteady(): boolean {
    return isAtRest && belief.age() < policy().refreshInterval
  }

  function tryStart(): void {
    if (setbacks.isFinal || setbacks.startWait() > 0) return
    if (world.isOnline()) begin('start')
    else setbacks.offline()
  }

  function isStopOwed(): boolean {
    return belief.mayBeOn() && !setbacks.isFinal && stopsLeft > 0
  }

  function isStopDue(): boolean {
    if (!isStopOwed() || !world.isOnline()) return false
    if (isLeftToMessage()) return orphanTime() <= 0
    return setbacks.stopWait() === 0 || isOverdue()
  }

  /** Whether a message is about to clear the bubble. After closing nobody looks at its window's end, so it must be sure to. */
  function isLeftToMessage(): boolean {
    return deliveries.withholdsStop(world.isClosed() ? belief.settledTick() : belief.sentTick())
  }

  /** Whether a chat without inputs has reached the end of its obligations: what is still owed is sent now. */
  function isOverdue(): boolean {
    return world.isClosed() || orphanTime() <= 0
  }

  function orphanTime(): number {
    return wish.isOrphaned() ? policy().timeout + policy().deliveryWindow - wish.orphanAge() : Infinity
  }

  /** An input that comes back while a message is on its way must find that it may wipe the bubble. */
  function isOwing(): boolean {
    return call !== null || (orphanTime() > 0 && (isStopOwed() || deliveries.isOpen()))
  }

  function begin(action: TypingRequest['action']): void {
    const mine: Call = { action, timeout: null, isWiped: false }
    const sentAt = now.moment()
    const sentTick = ++ticks
    const finish = (error: TypingError | null) => {
      now.read()
      call = null
      const concernsOthers = setbacks.settled(error, action, era)
      if (action === 'stop' && world.isClosed()) stopsLeft = 0
      if (action === 'stop') belief.stopped(error)
      else belief.started({ sentAt, sentTick, settledTick: ++ticks, isWiped: mine.isWiped }, error)
      look()
      if (concernsOthers) world.onCallerChange()
    }
    if (action === 'stop') stopsLeft = orphanTime() <= 0 ? 0 : stopsLeft - 1
    call = mine
    const era = caller.began()
    const request = { chatId, action, keepalive: world.isHidden() || world.isClosed() }
    mine.timeout = carry(world.fetcher, request, policy().timeout, clock, finish)
    if (world.isClosed()) mine.timeout.stopTimeout()
  }

  /** A delivered message clears the bubbles of starts answered before it was sent, and casts doubt on later ones. */
  function settleDeliveries(): void {
    for (const { tick } of deliveries.takeDelivered()) {
      if (call?.action === 'start') call.isWiped = true
      if (belief.settledTick() < tick) belief.off()
      else belief.doubted()
      owesCorrection ||= wish.isOn()
    }
  }

  function publish(): void {
    const isTyping = wish.isOn()
    const status = statusOf({
      isRefused: setbacks.isFinal,
      action: call?.action,
      isAnnounced: belief.isAccepted() && !deliveries.clears(belief.sentTick()),
      isHeldUp: isTyping && (!world.isOnline() || setbacks.startWait() > 0),
    })
    const { error } = setbacks
    const retryAt = status === 'waiting' && world.isOnline() ? setbacks.retryAt() : null
    const isNewError = error !== null && error !== state.error
    const next: TypingState = { status, error, isTyping, retryAt }
    if (!sameState(state, next)) {
      state = next
      onChange()
    }
    if (isNewError) wish.tell(error)
  }

  /** Milliseconds until something changes by itself; what is over already changes no more. */
  function nextLook(): number {
    const changes = [
      wish.nextLook(),
      orphanTime(),
      deliveries.nextChange(),
      setbacks.startWait(),
      setbacks.stopWait(),
      policy().minLifetime - belief.age(),
    ]
    return Math.min(...changes.filter((left) => left > 0))
  }

  function end(): void {
    now.read()
    wish.end()
    look()
  }

  return {
    join(options) {
      const input = createTypingInput(options, {
        now,
        idleTimeout: () => policy().idleTimeout,
        isHidden: world.isHidden,
        isWished: wish.isOn,
        isSteady,
        look,
        onSent: (editedAt, sending) => deliveries.sent(++ticks, editedAt, sending),
        onLeave: wish.leave,
      })
      wish.join(input)
      return input
    },
    state: () => state,
    look: lookNow,
    end,
    stop() {
      deliveries.release()
      end()
    },
    wake() {
      now.read()
      stopsLeft = stopTries
      setbacks.freeStops()
      look()
    },
    reset() {
      setbacks.reset()
      stopsLeft = stopTries
      lookNow()
      world.onCallerChange()
    },
    close() {
      call?.timeout?.stopTimeout()
      now.read()
      wish.clear()
      look()
    },
    open() {
      call?.timeout?.startTimeout()
      alarm.ringWithin(0)
    },
  }
}
