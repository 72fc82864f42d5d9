import { MessageInput } from '@chatscope/chat-ui-kit-react'
import type { ReactNode } from 'react'
import { useTypingIndicator } from 'react-linq-typing'

export interface ChatscopeInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function ChatscopeInput({ chatId, onSend }: ChatscopeInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  return (
    <MessageInput
      placeholder="Write a message"
      attachButton={false}
      onChange={(_html, text) => typing.keystroke(text)}
      onSend={(_html, text) => typing.sent(onSend(text))}
    />
  )
}
