import { type ReactNode, useSyncExternalStore } from 'react'
import type { KeyLog } from '../stories/recipient/createKeyLog.js'
import { Phone } from '../stories/recipient/Phone.js'
import { Timeline } from '../stories/recipient/Timeline.js'
import { useNow } from '../stories/recipient/useNow.js'
import { AgentLines } from './AgentLines.js'
import type { DemoChat, DemoTruth } from './api.js'
import { explainPhone } from './explainPhone.js'
import { PhoneReply } from './PhoneReply.js'
import type { RecipientFeed } from './createRecipientFeed.js'

export interface RecipientPanelProps {
  chat: DemoChat
  truth: DemoTruth
  feed: RecipientFeed
  keyLog: KeyLog
}

/** The recipient's end of a chat: their phone, who types there, and the timeline of what led to it. */
export function RecipientPanel({ chat, truth, feed, keyLog }: RecipientPanelProps): ReactNode {
  const keys = useSyncExternalStore(keyLog.subscribe, () => keyLog.keys(chat.id))
  const now = Math.max(useNow(feed.now), truth.now)
  const { sees = false, messages = [], spans = [], typing = {} } = truth.chats[chat.id] ?? {}
  const calls = truth.calls.filter(({ chatId }) => chatId === chat.id)

  return (
    <aside className="recipient" aria-label="The other end">
      <Phone
        truth={{ name: chat.recipient, sees, messages }}
        title={chat.isGroup ? chat.name : 'Fern Cycles'}
        service={chat.service === 'SMS' ? 'SMS' : 'iMessage'}
        reply={!chat.isLeft && <PhoneReply key={chat.id} chat={chat} />}
        note={explainPhone(chat, messages, now)}
      />
      <AgentLines typing={typing} />
      <Timeline truth={{ name: chat.recipient, sees, messages, spans, calls, keys, now }} />
    </aside>
  )
}
