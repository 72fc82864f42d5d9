import { fields } from '../../core/fields.js'
import type { TypingFeedEvent, TypingFeedTypist, TypingFeedWho } from '../../core/typingFeed.js'

/** Reads a feed's event: chat ids in lower case, malformed typists left out; `null` if nothing useful remains. */
export function readFeedEvent(value: unknown): TypingFeedEvent | null {
  const event = fields(value)
  const { type, typing, from } = event
  if (type === 'snapshot')
    return Array.isArray(typing) ? { type, typing: typing.flatMap((one) => readTypist(one) ?? []) } : null
  const chatId = readChatId(event)
  if (chatId === '') return null
  if (type === 'typing') {
    const typist = readTypist(value)
    return typist && { type, ...typist }
  }
  if (type === 'idle') {
    const who = readWho(event.who)
    return who && { type, chatId, who }
  }
  if (type !== 'message' || (from !== 'recipient' && from !== 'agent')) return null
  return { type, chatId, from, handle: text(event.handle), actor: text(event.actor), id: text(event.id) }
}

function readTypist(value: unknown): TypingFeedTypist | null {
  const typist = fields(value)
  const chatId = readChatId(typist)
  const who = readWho(typist.who)
  const { age, endsIn } = typist
  if (chatId === '' || who === null || !isDuration(age) || age === Infinity || !isDuration(endsIn))
    return null
  return { chatId, who, age, endsIn }
}

function readWho(value: unknown): TypingFeedWho | null {
  const who = fields(value)
  if (who.type === 'recipient') return { type: 'recipient', handle: text(who.handle) }
  const id = text(who.id)
  return who.type === 'agent' && id !== undefined ? { type: 'agent', id, name: text(who.name) } : null
}

const readChatId = ({ chatId }: Record<string, unknown>) => text(chatId)?.toLowerCase() ?? ''
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const isDuration = (value: unknown): value is number => typeof value === 'number' && value >= 0
