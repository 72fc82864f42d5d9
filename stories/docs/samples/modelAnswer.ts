import LinqAPIV3 from '@linqapp/sdk'
import { createServerTyping } from 'react-linq-typing/server'
import { hub } from './hub'
import { writeAnswer } from './model'

const linq = new LinqAPIV3()
const typing = createServerTyping({
  linq,
  hub,
  actor: 'assistant',
  name: 'Assistant',
  onError: console.error,
})

/** Answers a question, with the bubble on while the model writes. */
export async function answer(chatId: string, question: string): Promise<void> {
  await typing.during(chatId, async ({ sent, signal }) => {
    const text = await writeAnswer(question, { signal })
    const parts = [{ type: 'text' as const, value: text }]
    const { message } = await sent(linq.chats.messages.send(chatId, { message: { parts } }))
    await hub.sent(chatId, { actor: 'assistant', id: message.id })
  })
}
