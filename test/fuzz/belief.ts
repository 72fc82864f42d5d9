import type { Chat, Input, Message, Start } from './chat.js'
import { idle, maxLifetime, minLifetime, window } from './figures.js'
import { type Moment, reliedAge, timerAge, undoneAge } from './moments.js'
import { type Page, trialEnd } from './page.js'
import { isSurelyOn, leftAtMost } from './waits.js'

/** Whether an input composes by the clocks as they stand: a wish is relied on. */
export const composes = ({ isLive, isOver, edited }: Input, now: Moment): boolean =>
  isLive && !isOver && reliedAge(edited, now) < idle

/** Whether it does for certain: no clock that was set ahead for a while may have ended it. */
export const surelyComposes = (input: Input, now: Moment): boolean =>
  !input.isDoubtful && composes(input, now)

/** For how long an input may still be taken for composing: its timer runs by the monotonic clock. */
export const mayComposeFor = ({ isLive, isOver, edited }: Input, now: Moment): number =>
  isLive && !isOver ? Math.max(0, idle - timerAge(edited, now)) : 0

export function isSurelyWished({ inputs }: Chat, now: Moment): boolean {
  for (const input of inputs.values()) if (surelyComposes(input, now)) return true
  return false
}

/** How long somebody may still be taken for composing; 0 where nobody may. */
export function mayBeWishedFor({ inputs }: Chat, now: Moment): number {
  let longest = 0
  for (const input of inputs.values()) longest = Math.max(longest, mayComposeFor(input, now))
  return longest
}

/** Whether the bubble can be relied on. */
export function isOn(chat: Chat, now: Moment): 'yes' | 'no' | 'arguable' {
  const { on, messages, certainty } = chat
  if (on === null || certainty === 'doubted' || reliedAge(on.begun, now) >= minLifetime) return 'no'
  const last = messages.at(-1)?.index ?? -1
  if (last > on.settledIndex) return 'no'
  return last > on.begunIndex || certainty === 'arguable' ? 'arguable' : 'yes'
}

/** The bubble that a stop would end. */
export const toStop = ({ possible, cleared, forcedIndex }: Chat): Start | null =>
  possible ?? (forcedIndex === null ? null : cleared)

/** The messages on their way that are going to clear a bubble. */
export function messagesOver(chat: Chat): Message[] {
  const bubble = toStop(chat)
  return bubble === null ? [] : chat.messages.filter(({ index }) => index > bubble.begunIndex)
}

/** How long a message withholds a stop: until its window ends, or while it is pending until the idle end of its input. */
export const withholdsFor = (message: Message, now: Moment): number =>
  message.accepted === null
    ? idle - timerAge(message.edited ?? message.sent, now)
    : window - timerAge(message.accepted, now)

/** Whether a message withholds a stop for certain. */
export const surelyWithholds = ({ accepted, edited }: Message, now: Moment): boolean =>
  accepted === null ? edited !== null && reliedAge(edited, now) < idle : timerAge(accepted, now) < window

/** How long there may be a bubble left to end, counted from when its start was sent, or answered. */
export const lastsFor = (since: Moment, now: Moment): number => maxLifetime - undoneAge(since, now)

/** How long there is one for certain; a clock may have been set between the start and its answer. */
export const surelyLastsFor = ({ begun, settled }: Start, now: Moment): number =>
  Math.min(lastsFor(begun, now), lastsFor(settled, now))

/** Whether a wait holds starts back for certain. */
export const isSurelyHeld = (chat: Chat, page: Page, now: Moment): boolean =>
  [...chat.starting.list, ...page.caller.list].some((wait) => isSurelyOn(wait, now))

/** Whether a wait may hold starts back. */
export const mayBeHeld = (chat: Chat, page: Page, now: Moment): boolean =>
  trialEnd(page, chat, now) !== null ||
  [...chat.starting.list, ...page.caller.list].some((wait) => leftAtMost(wait, now) > 0)
