import { type ReactNode, useEffect, useState } from 'react'
import { useTypingIndicator } from 'react-linq-typing'
import { MessageComposer, useMessageComposerController } from 'stream-chat-react'

export interface StreamChatInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

/** Goes inside Stream's `<Chat>` and `<Channel>`. */
export function StreamChatInput({ chatId, onSend }: StreamChatInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const [isNotSent, setNotSent] = useState(false)
  const composer = useMessageComposerController()
  useEffect(() => composer.updateConfig({ text: { publishTypingEvents: false } }), [composer])
  return (
    <div style={{ flex: 1 }}>
      <MessageComposer
        additionalTextareaProps={typing.inputProps}
        overrideSubmitHandler={({ message }) => {
          const sending = onSend(message.text ?? '')
          typing.sent(sending)
          setNotSent(false)
          sending.catch(() => setNotSent(true))
          return sending
        }}
      />
      {isNotSent && (
        <p className="kit-note" role="alert">
          Your message was not sent.
        </p>
      )}
    </div>
  )
}
