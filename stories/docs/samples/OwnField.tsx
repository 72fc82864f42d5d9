import { type ReactNode, useState } from 'react'
import { useTypingIndicator } from 'react-linq-typing'

export interface OwnFieldProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function OwnField({ chatId, onSend }: OwnFieldProps): ReactNode {
  const [text, setText] = useState('')
  const typing = useTypingIndicator(chatId, { isTypingText: (written) => !written.startsWith('/') })

  const send = () => {
    const sending = onSend(text)
    typing.sent(sending)
    setText('')
    // Not sent: put it back, before anything typed meanwhile.
    sending.catch(() => setText((since) => `${text} ${since}`.trim()))
  }

  return (
    <p className="own-field">
      <input
        aria-label="Message"
        {...typing.inputProps}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />{' '}
      <button type="button" disabled={text.trim() === ''} onClick={send}>
        Send
      </button>{' '}
      <output>{typing.status}</output>
    </p>
  )
}
