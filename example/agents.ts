/** Somebody who writes for the shop. */
export interface Agent {
  id: string
  name: string
}

/** Who can write. Each window is one of them. */
export const agents: readonly [Agent, ...Agent[]] = [
  { id: 'alex', name: 'Alex' },
  { id: 'bo', name: 'Bo' },
]

/** The header by which a window says who writes there. */
export const agentHeader = 'x-demo-agent'

export function findAgent(id: string | null): Agent | undefined {
  return agents.find((agent) => agent.id === id)
}
