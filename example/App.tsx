import { type ReactNode, useState } from 'react'
import { AgentBar } from './AgentBar.js'
import { Demo } from './Demo.js'
import { openedChatId } from './thisWindow.js'
import { useDemoChats } from './useDemoChats.js'

/** The example's page: what it is, who writes in this window, and the demo once its chats are known. */
export function App(): ReactNode {
  const { chats, failure } = useDemoChats()
  const [chosenId, choose] = useState(openedChatId)
  const chat = chats?.chats.find(({ id }) => id === chosenId) ?? chats?.chats[0]
  return (
    <>
      <header className="page-header">
        <h1>Typing, seen from both ends</h1>
        {chats !== null && (
          <p className="page-mode" data-mode={chats.mode}>
            {chats.mode === 'emulated' ? 'Emulated Linq' : 'Real Linq'}
          </p>
        )}
        {chat !== undefined && <AgentBar chat={chat} />}
      </header>
      {failure !== null && (
        <p className="page-failure" role="alert">
          {failure}
        </p>
      )}
      {chats !== null &&
        (chat === undefined ? (
          <p className="page-failure">Linq lists no chats yet. Start one with your number, then reload.</p>
        ) : (
          <Demo mode={chats.mode} chats={chats.chats} chat={chat} onChoose={({ id }) => choose(id)} />
        ))}
    </>
  )
}
