import type { ReactNode } from 'react'
import { TypingBubble } from 'react-linq-typing'
import type { DemoChat } from './api.js'

export interface ChatListProps {
  chats: readonly DemoChat[]
  current: DemoChat
  /** Whether a chat's recipient sees the bubble now. */
  sees: (chatId: string) => boolean
  onChoose: (chat: DemoChat) => void
}

/** The chats to choose from, each with a line that says what it is. */
export function ChatList({ chats, current, sees, onChoose }: ChatListProps): ReactNode {
  return (
    <nav className="chats" aria-label="Chats">
      <h2>Chats</h2>
      <ul>
        {chats.map((chat) => (
          <li key={chat.id}>
            <button
              type="button"
              className="chat"
              aria-current={chat === current ? 'true' : undefined}
              onClick={() => onChoose(chat)}
            >
              <span className="chat-avatar" aria-hidden="true">
                {chat.name.slice(0, 1)}
              </span>
              <span className="chat-words">
                <span className="chat-name">{chat.name}</span>
                <span className="chat-about">{chat.about}</span>
              </span>
              <span className="chat-signs">
                <TypingBubble chatId={chat.id} name={chat.recipient} announce={false} />
                {sees(chat.id) && <span className="chat-seen" role="img" aria-label="Bubble on" />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
