import { createAlarm } from '../../core/alarm.js'
import { readClock } from '../../core/clock.js'
import { watchSending } from '../../core/sending.js'
import type { TypingSessions } from '../../core/sessions.js'
import { linqPolicy } from '../../linq/policy.js'

/** A piece of work that writes in a chat, as a session sees it: an input with a timer in place of keys. */
export interface WorkInput {
  /** Says that a message left; a promise shows whether it really did. */
  readonly sent: (sending: unknown) => void
  readonly end: () => void
}

const { idleTimeout, deliveryWindow } = linqPolicy
/** Twice within the idle timeout, so that a late timer doesn't count as a pause. */
const interval = idleTimeout / 2

/** @param onMessage called when a message has left. */
export function startWorkInput(sessions: TypingSessions, chatId: string, onMessage: () => void): WorkInput {
  const input = sessions.join(chatId)
  const unsubscribe = sessions.subscribe(chatId, planEdit)
  const alarm = createAlarm(edit)
  /** How many of its messages are being sent. */
  let sendings = 0
  let isEnded = false
  edit()

  function edit(): void {
    input.keystroke(true)
    planEdit()
  }

  /** Plans the next edit: in time to go on composing, or when a start may be made again. */
  function planEdit(): void {
    if (sendings > 0) return
    const { retryAt } = sessions.state(chatId)
    const wait = retryAt === null ? interval : Math.max(0, retryAt - Date.now())
    alarm.ringWithin(Math.min(interval, wait), readClock())
  }

  function sendingSettled(hasLeft: boolean): void {
    sendings--
    if (hasLeft) onMessage()
    // An edit before the message arrives would start a bubble that the message then clears.
    if (!isEnded && sendings === 0) alarm.ringWithin(hasLeft ? deliveryWindow : 0, readClock())
  }

  return {
    sent(sending) {
      if (isEnded) return
      sendings++
      alarm.ringWithin(Infinity, readClock())
      const settling = Promise.resolve(sending)
      // An input of its own, so that the work goes on composing if the message fails.
      const message = sessions.join(chatId)
      message.sent(settling)
      message.leave()
      watchSending(settling, sendingSettled)
    },
    end() {
      isEnded = true
      unsubscribe()
      alarm.ringWithin(Infinity, readClock())
      input.leave()
    },
  }
}
