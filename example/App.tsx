import type { ReactNode } from 'react'
import { Demo } from './Demo.js'
import { useDemoChats } from './useDemoChats.js'

/** The example's page: what it is, and the demo once its chats are known. */
export function App(): ReactNode {
  const { chats, failure } = useDemoChats()
  return (
    <>
      <header className="page-header">
        <h1>Typing, seen from both ends</h1>
        {chats !== null && (
          <p className="page-mode" data-mode={chats.mode}>
            {chats.mode === 'emulated' ? 'Emulated Linq' : 'Real Linq'}
          </p>
        )}
      </header>
      {failure !== null && (
        <p className="page-failure" role="alert">
          {failure}
        </p>
      )}
      {chats !== null &&
        (chats.chats.length === 0 ? (
          <p className="page-failure">Linq lists no chats yet. Start one with your number, then reload.</p>
        ) : (
          <Demo mode={chats.mode} chats={chats.chats} />
        ))}
    </>
  )
}
