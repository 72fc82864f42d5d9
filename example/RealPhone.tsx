import type { ReactNode } from 'react'
import type { DemoChat } from './api.js'

/** Takes the place of the emulated phone: with the real Linq, only the real phone shows the bubble. */
export function RealPhone({ chat }: { chat: DemoChat }): ReactNode {
  return (
    <aside className="recipient" aria-label="The other end">
      <div className="real-phone">
        <h2>Look at the real phone</h2>
        <p>
          Calls go to the real Linq. It says whether it accepted a call, but not whether the bubble is shown.
          Only {chat.recipient}’s phone shows that.
        </p>
        <p>Without LINQ_API_V3_API_KEY, npm start shows an emulated phone here.</p>
      </div>
    </aside>
  )
}
