import type { LinqMessage } from 'react-linq-typing/testing'
import type { Outgoing } from './useOutbox.js'

/** A message as our side of the conversation shows it. */
export interface ShownMessage {
  key: string
  text: string
  from: 'us' | 'them'
  state: 'sending' | 'sent' | 'delivered'
}

/** Joins what Linq has with what is still on its way there, each message once. */
export function mergeMessages(
  messages: readonly LinqMessage[],
  outgoing: readonly Outgoing[],
): ShownMessage[] {
  const known = new Set(messages.map(({ id }) => id))
  const ours = outgoing.filter(({ id }) => id === null || !known.has(id))
  // Linq may have a message whose acceptance has not come back to this page.
  const isOurs = (message: LinqMessage) =>
    ours.some(({ id, text, before }) => id === null && text === message.text && !before.has(message.id))
  return [
    ...messages
      .filter((message) => message.from === 'them' || !isOurs(message))
      .map(({ id, text, from, deliveredAt }): ShownMessage => ({
        key: id,
        text,
        from,
        state: deliveredAt === null ? 'sent' : 'delivered',
      })),
    ...ours.map(({ key, text, id }): ShownMessage => ({
      key: `outgoing-${key}`,
      text,
      from: 'us',
      state: id === null ? 'sending' : 'sent',
    })),
  ]
}
