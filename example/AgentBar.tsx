import type { MouseEvent, ReactNode } from 'react'
import { agents } from './agents.js'
import type { DemoChat } from './api.js'
import { addressOf, agent, isSecond } from './thisWindow.js'

/** Who writes in this window, and the way to a window in which somebody else does. */
export function AgentBar({ chat }: { chat: DemoChat }): ReactNode {
  return (
    <div className="agent-bar">
      <nav className="agent-switch" aria-label="You are">
        <span aria-hidden="true">You are</span>
        {agents.map((one) => (
          <a key={one.id} href={addressOf(one, chat)} aria-current={one === agent ? 'true' : undefined}>
            {one.name}
          </a>
        ))}
      </nav>
      {agents
        .filter((one) => one !== agent && !isSecond)
        .map((other) => (
          <a
            key={other.id}
            className="agent-window"
            href={addressOf(other, chat)}
            target={`agent-${other.id}`}
            onClick={openBeside}
          >
            Open a second window as {other.name}
          </a>
        ))}
    </div>
  )
}

/** Opens a small window, which leaves this one in sight: a page behind another tab is hidden, and its bubble ends. */
function openBeside(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return
  const { href, target } = event.currentTarget
  if (window.open(href, target, 'popup,left=0,top=0,width=440,height=820') !== null) event.preventDefault()
}
