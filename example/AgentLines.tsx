import type { ReactNode } from 'react'
import { agents } from './agents.js'
import type { AgentTyping } from './api.js'

export interface AgentLinesProps {
  /** What each agent does in this chat, by their id; nothing, if they don't type. */
  typing: Readonly<Record<string, AgentTyping>>
}

/** A line for each agent: whether the server believes that they type here. */
export function AgentLines({ typing }: AgentLinesProps): ReactNode {
  const typists = agents.filter(({ id }) => typing[id] === 'typing').map(({ name }) => name)
  return (
    <ul className="agent-lines" aria-label="Agents">
      {agents.map(({ id, name }) => (
        <li key={id} data-typing={typing[id]}>
          {typing[id] === 'typing' && `${name} is typing.`}
          {typing[id] === 'withheld' && `${name} stopped. Linq isn’t told while ${typists.join(', ')} types.`}
          {typing[id] === undefined && `${name} isn’t typing.`}
        </li>
      ))}
    </ul>
  )
}
