import { MessageInput } from '@chatscope/chat-ui-kit-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTypingIndicator } from 'react-linq-typing'

export interface ChatscopeInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function ChatscopeInput({ chatId, onSend }: ChatscopeInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const [html, setHtml] = useState('')
  const [isNotSent, setNotSent] = useState(false)
  const row = useRef<HTMLDivElement>(null)

  // The kit takes no names for its field and its button.
  useEffect(() => {
    const field = row.current?.querySelector('[contenteditable]')
    field?.setAttribute('role', 'textbox')
    field?.setAttribute('aria-label', 'Message')
    row.current?.querySelector('.cs-button--send')?.setAttribute('aria-label', 'Send')
  }, [])

  // The kit's second argument has no line breaks.
  const send = (sentHtml: string, _joined: string, text: string) => {
    const sending = onSend(text)
    typing.sent(sending)
    setHtml('')
    setNotSent(false)
    // Not sent: put it back, before anything typed meanwhile.
    sending.catch(() => {
      setHtml((since) => (since === '' ? sentHtml : `${sentHtml}<br>${since}`))
      setNotSent(true)
    })
  }

  return (
    <div ref={row}>
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
      {isNotSent && (
        <p className="kit-note" role="alert">
          Your message was not sent.
        </p>
      )}
    </div>
  )
}
