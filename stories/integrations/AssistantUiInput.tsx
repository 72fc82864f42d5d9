import { AssistantRuntimeProvider, ComposerPrimitive, useLocalRuntime } from '@assistant-ui/react'
import type { ReactNode } from 'react'
import { useTypingIndicator } from 'react-linq-typing'

export interface AssistantUiInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function AssistantUiInput({ chatId, onSend }: AssistantUiInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const runtime = useLocalRuntime({
    async run({ messages }) {
      const parts = messages.at(-1)?.content ?? []
      const sending = onSend(parts.map((part) => (part.type === 'text' ? part.text : '')).join(''))
      typing.sent(sending)
      await sending
      return { content: [] }
    },
  })
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ComposerPrimitive.Root className="kit-row">
        <ComposerPrimitive.Input
          {...typing.inputProps}
          className="kit-field"
          aria-label="Message"
          placeholder="Write a message"
        />
        <ComposerPrimitive.Send className="kit-send">Send</ComposerPrimitive.Send>
      </ComposerPrimitive.Root>
    </AssistantRuntimeProvider>
  )
}
