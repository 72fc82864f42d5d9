import { isOn, composes, isSurelyHeld, isSurelyWished, mayBeHeld, surelyComposes } from './belief.js'
import type { Chat } from './chat.js'
import { refresh, tolerance } from './figures.js'
import { type Moment, reliedAge } from './moments.js'
import type { Page } from './page.js'

/** Why a start may not be made now; null where it may. */
export function startForbidden(chat: Chat, page: Page, now: Moment): string | null {
  const { call, lastStart, on } = chat
  if (call !== null) return `4 budget: a start at ${now.at} beside another call`
  if (chat.isFinal) return `4 budget: a start at ${now.at} after a final refusal`
  if (page.isClosed) return `1 false typing: a start at ${now.at} after the provider went`
  if (!hasEdit(chat, now, -1, composes)) return `1 false typing: a start at ${now.at} while nobody composes`
  if (isSurelyHeld(chat, page, now)) return `4 budget: a start at ${now.at} within a wait`
  // Without timers whatever else happens finds the window over.
  if (chat.corrections.some(({ due }) => page.isAway || now.at - due.at <= tolerance)) return null
  if (chat.drivenAt !== now.at || !hasEdit(chat, now, lastStart?.index ?? -1, composes))
    return `1 false typing: a start at ${now.at} that no new edit drives`
  if (on !== null && isOn(chat, now) === 'yes' && reliedAge(on.begun, now) < refresh)
    return `4 budget: a start at ${now.at} while the bubble is on since ${on.begun.at}, begun ${lastStart?.begun.at ?? 0}`
  return null
}

/** A start that an edit should have made within this instant. */
export function startMissed(chat: Chat, page: Page, now: Moment): string | null {
  if (chat.call !== null || chat.isFinal || page.isClosed) return null
  if (chat.drivenAt !== now.at || mayBeHeld(chat, page, now)) return null
  // An edit before a message in the same instant found the bubble on.
  const since = Math.max(chat.lastStart?.index ?? -1, chat.messages.at(-1)?.index ?? -1)
  if (!hasEdit(chat, now, since, surelyComposes)) return null
  const belief = isOn(chat, now)
  const isDue =
    belief === 'no' || (belief === 'yes' && chat.on !== null && reliedAge(chat.on.begun, now) >= refresh)
  return isDue ? `3 gap: the edit at ${now.at} started nothing` : null
}

/** A start that should have followed the end of a message's window by now. */
export function correctionMissed(chat: Chat, page: Page, now: Moment): string | null {
  if (chat.call !== null || chat.isFinal || page.isClosed || page.isAway) return null
  const owed = chat.corrections.find(({ due, isOwed }) => isOwed && now.at - due.at > tolerance)
  if (owed === undefined || !isSurelyWished(chat, now)) return null
  return `3 gap: nothing corrected the message whose window ended, or the call after it, at ${owed.due.at}`
}

/** Whether somebody who still composes, as far as is asked, made an edit since a place in the log. */
function hasEdit({ inputs }: Chat, now: Moment, since: number, isComposing: typeof composes): boolean {
  for (const input of inputs.values()) if (input.editIndex > since && isComposing(input, now)) return true
  return false
}
