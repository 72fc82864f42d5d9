import { useState } from 'react'
import type { LinqMessage } from 'react-linq-typing/testing'
import type { DemoFailure } from './api.js'
import { pageNetwork } from './pageNetwork.js'
import { agentHeaders } from './thisWindow.js'

/** A message that was sent from this page. */
export interface Outgoing {
  key: number
  chatId: string
  text: string
  /** Its id, once Linq accepted it. */
  id: string | null
  /** The messages that were there before it. */
  before: ReadonlySet<string>
}

/** Sends messages, and remembers those that the recipient's side has not told of yet. */
export function useOutbox(): {
  outgoing: readonly Outgoing[]
  send: (chatId: string, text: string, messages: readonly LinqMessage[]) => Promise<void>
} {
  const [outgoing, setOutgoing] = useState<readonly Outgoing[]>([])
  const send = async (chatId: string, text: string, messages: readonly LinqMessage[]) => {
    const before = new Set(messages.map(({ id }) => id))
    const sent: Outgoing = { key: performance.now(), chatId, text, id: null, before }
    setOutgoing((current) => [...current, sent])
    try {
      const id = await post(chatId, text)
      setOutgoing((current) => current.map((one) => (one === sent ? { ...one, id } : one)))
    } catch (error) {
      setOutgoing((current) => current.filter((one) => one !== sent))
      throw error
    }
  }
  return { outgoing, send }
}

async function post(chatId: string, text: string): Promise<string> {
  const response = await pageNetwork.fetch('/api/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...agentHeaders },
    body: JSON.stringify({ chatId, text }),
  })
  const answer = (await response.json()) as { id: string } | DemoFailure
  if ('error' in answer) throw new Error(answer.error.message)
  return answer.id
}
