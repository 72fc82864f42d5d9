import type { ReactNode } from 'react'
import { ComposeBox, TypingBubble } from 'react-linq-typing'
import type { DemoChat } from './api.js'
import type { ShownMessage } from './mergeMessages.js'
import { Readout } from './Readout.js'

export interface ConversationProps {
  chat: DemoChat
  messages: readonly ShownMessage[]
  onSend: (text: string) => Promise<void>
  /** Told of every edit in the compose box. */
  onKey: () => void
}

/** Our side of a chat: what was said, who else types, the compose box, and what the hook says about typing. */
export function Conversation({ chat, messages, onSend, onKey }: ConversationProps): ReactNode {
  const last = messages.filter(({ from }) => from === 'us').at(-1)
  return (
    <section className="conversation" aria-label={`Conversation: ${chat.name}`}>
      <header className="conversation-header">
        <h2>{chat.name}</h2>
        <p>
          {chat.isGroup ? 'Group · ' : ''}
          {chat.service ?? 'Service not known yet'}
        </p>
      </header>
      <div className="conversation-log" role="log" aria-label="Messages" tabIndex={0}>
        <ol>
          {messages.map((message) => (
            <li key={message.key} className="message" data-from={message.from} data-state={message.state}>
              <p dir="auto">{message.text}</p>
              {message === last && <small>{states[message.state]}</small>}
            </li>
          ))}
        </ol>
      </div>
      <div className="conversation-typing">
        <TypingBubble chatId={chat.id} name={chat.recipient} />
        <TypingBubble chatId={chat.id} of="agents" />
      </div>
      <div className="conversation-compose" onInputCapture={onKey}>
        <ComposeBox
          chatId={chat.id}
          onSend={onSend}
          label={`Message to ${chat.name}`}
          placeholder="Write a message"
        />
      </div>
      <Readout chatId={chat.id} />
    </section>
  )
}

const states = { sending: 'Sending…', sent: 'Sent', delivered: 'Delivered' }
