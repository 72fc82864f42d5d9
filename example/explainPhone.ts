import type { LinqMessage } from 'react-linq-typing/testing'
import type { DemoChat } from './api.js'

/** How long a chat stays active after a message, in milliseconds (Linq's guide: five minutes). */
const activeFor = 5 * 60_000

/** Says why a phone shows no bubble, or where its picture comes from. */
export function explainPhone(chat: DemoChat, messages: readonly LinqMessage[], now: number): string {
  if (chat.isLeft) return 'You left this chat: nothing you send arrives here.'
  if (chat.isGroup) return 'Linq refuses typing in this group. Messages still arrive.'
  if (chat.service === 'SMS') return 'SMS has no bubble: starts are accepted but not shown.'
  const last = Math.max(...messages.map(({ deliveredAt }) => deliveredAt ?? -Infinity))
  if (now - last <= activeFor) return 'This is what the emulated Linq knows.'
  const minutes = Math.floor((now - last) / 60_000)
  const quiet = Number.isFinite(minutes) ? `Quiet for ${minutes} minutes` : 'No message yet'
  return `${quiet}: starts are accepted but not shown until one of you sends a message.`
}
