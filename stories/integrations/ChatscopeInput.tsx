import { MessageInput } from '@chatscope/chat-ui-kit-react'
import { type ReactNode, useState } from 'react'
import { useTypingIndicator } from 'react-linq-typing'

export interface ChatscopeInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function ChatscopeInput({ chatId, onSend }: ChatscopeInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const [html, setHtml] = useState('')

  // The kit's second argument has no line breaks.
  const send = (sentHtml: string, _joined: string, text: string) => {
    const sending = onSend(text)
    typing.sent(sending)
    setHtml('')
    // Not sent: put it back, before anything typed meanwhile.
    sending.catch(() => setHtml((since) => (since === '' ? sentHtml : `${sentHtml}<br>${since}`)))
  }

  return (
    <MessageInput
      placeholder="Write a message"
      attachButton={false}
      value={html}
      sendDisabled={html === ''}
      onChange={(html, text) => {
        setHtml(html)
        typing.keystroke(text)
      }}
      onSend={send}
    />
  )
}
