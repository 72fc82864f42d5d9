import { type ReactNode, useState } from 'react'
import type { DemoChat } from './api.js'

/** The recipient's own text field: what is typed here, they type on their phone. */
export function PhoneReply({ chat }: { chat: DemoChat }): ReactNode {
  const [text, setText] = useState('')

  function edit(next: string): void {
    if ((next === '') !== (text === '')) tell('typing', { chatId: chat.id, isTyping: next !== '' })
    setText(next)
  }
  function send(): void {
    if (text.trim() === '') return
    tell('messages', { chatId: chat.id, text })
    setText('')
  }
  return (
    <form
      className="phone-reply"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <input
        aria-label={`Write as ${chat.recipient}`}
        placeholder={`Write as ${chat.recipient}`}
        autoComplete="off"
        value={text}
        onChange={(event) => edit(event.target.value)}
      />
      <button type="submit" aria-label={`Send as ${chat.recipient}`}>
        ↑
      </button>
    </form>
  )
}

/** Tells the server what the recipient does. */
function tell(what: 'typing' | 'messages', fields: object): void {
  void fetch(`/api/recipient/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  }).catch(() => undefined)
}
