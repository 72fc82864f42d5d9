import { isBlank } from '../../../core/isBlank.js'
import { countCharacters } from '../countCharacters.js'
import type { ChatRecord } from './chatRecord.js'
import type { MessageBoxHost } from './messageBoxHost.js'

/** What a message box knows, except its text. */
export interface MessageBoxState {
  /** Whether there is nothing to send. */
  readonly isBlank: boolean
  /** Whether a message of this chat is on its way. */
  readonly isSending: boolean
  /** Whether the text is longer than it may be. */
  readonly isOverLimit: boolean
  /** How many characters are left, below zero if there are too many; `null` while the limit is far off. */
  readonly remaining: number | null
  /** Whether a message of this chat failed, until another is sent or nothing of it is left. */
  readonly isFailed: boolean
  /** Why it failed. */
  readonly sendError: unknown
  /** Whether such a message waits to be put back. */
  readonly hasUnsent: boolean
}

/** The state of a box that shows this text in this chat. */
export function messageBoxState(
  text: string,
  { messages }: ChatRecord,
  { maxLength, countText }: MessageBoxHost,
): MessageBoxState {
  const failed = messages.filter(({ status }) => status !== 'sending')
  return {
    ...measure(text, maxLength, countText),
    isBlank: isBlank(text),
    isSending: messages.length > failed.length,
    isFailed: failed.length > 0,
    sendError: failed.at(-1)?.error,
    hasUnsent: failed.some(({ status }) => status === 'waiting'),
  }
}

/**
 * Measures a text against a limit. Near is a tenth of the limit or twenty characters, but never more than half of it.
 *
 * @param count how long a text is, in the unit of the limit. @default characters as people see them
 */
function measure(
  text: string,
  limit: number | null | undefined,
  count: ((text: string) => number) | null | undefined,
): Pick<MessageBoxState, 'remaining' | 'isOverLimit'> {
  const far = { remaining: null, isOverLimit: false }
  // NaN is no limit, either.
  if (limit == null || !(limit < Infinity)) return far
  const margin = Math.min(Math.max(20, limit / 10), limit / 2)
  // No character is shorter than a code unit, so most texts need no counting.
  if (count == null && text.length < limit - margin) return far
  const remaining = limit - (count ?? countCharacters)(text)
  return remaining > margin ? far : { remaining, isOverLimit: remaining < 0 }
}
