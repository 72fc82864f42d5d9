import { type Agent, agentHeader, agents, findAgent } from './agents.js'
import type { DemoChat } from './api.js'

const address = new URLSearchParams(location.search)

/** Who writes in this window: the address says so, as in `?agent=bo`. */
export const agent: Agent = findAgent(address.get('agent')) ?? agents[0]

/** Says so to the server, with every call. Windows share their cookies, so a cookie couldn't tell two apart. */
export const agentHeaders: Record<string, string> = { [agentHeader]: agent.id }

/** The chat that this window was opened for. */
export const openedChatId: string | null = address.get('chat')

/** Whether another window of the example opened this one. */
export const isSecond: boolean = window.opener !== null

/** Where a chat opens as some agent. */
export function addressOf(agent: Agent, chat: DemoChat): string {
  return `?${new URLSearchParams({ agent: agent.id, chat: chat.id }).toString()}`
}
