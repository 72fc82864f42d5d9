import { type ReactNode, useEffect } from 'react'
import { useTypingIndicator } from 'react-linq-typing'
import { MessageComposer, useMessageComposerController } from 'stream-chat-react'

export interface StreamChatInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

/** Goes inside Stream's `<Chat>` and `<Channel>`. */
export function StreamChatInput({ chatId, onSend }: StreamChatInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const composer = useMessageComposerController()
  useEffect(() => composer.updateConfig({ text: { publishTypingEvents: false } }), [composer])
  return (
    <MessageComposer
      additionalTextareaProps={typing.inputProps}
      overrideSubmitHandler={({ message }) => {
        const sending = onSend(message.text ?? '')
        typing.sent(sending)
        return sending
      }}
    />
  )
}
