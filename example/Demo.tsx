import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { createHttpFetcher, createSseFeed, TypingProvider } from 'react-linq-typing'
import { createKeyLog } from '../stories/recipient/createKeyLog.js'
import type { DemoChat, DemoMode } from './api.js'
import { ChatList } from './ChatList.js'
import { Conversation } from './Conversation.js'
import { createRecipientFeed } from './createRecipientFeed.js'
import { mergeMessages } from './mergeMessages.js'
import { pageNetwork } from './pageNetwork.js'
import { RealPhone } from './RealPhone.js'
import { RecipientPanel } from './RecipientPanel.js'
import { Switches } from './Switches.js'
import { agentHeaders } from './thisWindow.js'
import { useOutbox } from './useOutbox.js'

const fetcher = createHttpFetcher({
  baseUrl: '/api/linq',
  headers: agentHeaders,
  fetch: pageNetwork.fetch,
})
const typingFeed = createSseFeed({
  url: '/api/typing/stream',
  headers: agentHeaders,
  fetch: pageNetwork.fetch,
})
const never = () => () => undefined

export interface DemoProps {
  mode: DemoMode
  chats: readonly DemoChat[]
  /** The chat that is shown. */
  chat: DemoChat
  onChoose: (chat: DemoChat) => void
}

/** Both ends of the demo's chats, and the network between them. */
export function Demo({ mode, chats, chat, onChoose }: DemoProps): ReactNode {
  const [feed] = useState(() => (mode === 'emulated' ? createRecipientFeed('/api/recipient') : null))
  const [keyLog] = useState(createKeyLog)
  const { outgoing, send } = useOutbox()
  const truth = useSyncExternalStore(feed?.subscribe ?? never, () => feed?.truth() ?? null)
  const messages = truth?.chats[chat.id]?.messages ?? []
  const sending = outgoing.filter(({ chatId }) => chatId === chat.id)

  return (
    <TypingProvider fetcher={fetcher} feed={typingFeed}>
      <main className="desk">
        <ChatList
          chats={chats}
          current={chat}
          sees={(id) => truth?.chats[id]?.sees === true}
          onChoose={onChoose}
        />
        <Conversation
          chat={chat}
          messages={mergeMessages(messages, sending)}
          onSend={(text) => send(chat.id, text, messages)}
          onKey={() => keyLog.add(chat.id, feed?.now() ?? Date.now())}
        />
        {feed === null ? (
          <RealPhone chat={chat} />
        ) : (
          truth !== null && <RecipientPanel chat={chat} truth={truth} feed={feed} keyLog={keyLog} />
        )}
        <Switches chatId={chat.id} network={truth?.network ?? null} />
      </main>
    </TypingProvider>
  )
}
