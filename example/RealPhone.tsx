import type { ReactNode } from 'react'
import type { DemoChat } from './api.js'

/** Stands where the phone is drawn when Linq is emulated: with the real one, only the real phone knows. */
export function RealPhone({ chat }: { chat: DemoChat }): ReactNode {
  return (
    <aside className="recipient" aria-label="The other end">
      <div className="real-phone">
        <h2>Look at the real phone</h2>
        <p>
          Calls go to the real Linq. It says whether it accepted a call, but not whether the bubble is shown.
          Only {chat.recipient}’s phone shows that.
        </p>
        <p>Without LINQ_API_V3_API_KEY, npm start draws the phone here.</p>
      </div>
    </aside>
  )
}
