import type { Chat } from './chat.js'
import { timeout, tolerance } from './figures.js'
import type { ChatEvent } from './log.js'
import { type Moment, timerAge } from './moments.js'
import type { Page } from './page.js'

type Of<W extends ChatEvent['what']> = Moment & Extract<ChatEvent, { what: W }>

/** A call that was not given up by now. While the provider is closed only its answer ends it; then its time begins anew. */
export function awaitedTooLong({ call }: Chat, { isClosed, opened, back }: Page, now: Moment): string | null {
  if (call === null || isClosed || (back !== null && now.at - back.at <= tolerance)) return null
  const since = opened !== null && opened.at > call.begun.at ? opened : call.begun
  if (timerAge(since, now) <= timeout + tolerance) return null
  return `4 budget: the ${call.action} of ${call.begun.at} is not given up at ${now.at}`
}

/** A call whose answer might still have come. */
export function givenUpEarly({ call }: Chat, { at, isTimeout, ...now }: Of<'settled'>): string | null {
  if (call === null || !isTimeout || timerAge(call.begun, { at, ...now }) >= timeout) return null
  return `4 budget: the ${call.action} of ${call.begun.at} is given up at ${at}`
}

/** A failure that says what the last one said is the same error, of which nobody needs to hear again. */
export function toldAnew(
  { told: { error: known } }: Chat,
  { at, state: { error } }: Of<'told'>,
): string | null {
  if (known === null || error === null || known === error) return null
  const said = ['reason', 'status', 'code', 'isFinal', 'isSetupMistake'] as const
  const isSame = said.every((field) => known[field] === error[field])
  return isSame ? `5 isolation: the error ${error.reason} is told anew at ${at}` : null
}
