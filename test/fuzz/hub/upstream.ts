import type { LinqTypingClient } from 'react-linq-typing/server'
import { createLinqEmulator, type LinqEmulator } from 'react-linq-typing/testing'
import type { FuzzJourney } from '../journeys.js'
import { inFull } from '../network.js'
import type { VirtualTime } from '../virtualTime.js'
import { never, here, outside } from './places.js'
import type { Action } from './transcript.js'

export interface Upstream {
  linq: LinqEmulator
  client: LinqTypingClient
  /** Sends a message, which is accepted at once. Resolves to its id. */
  send: (chat: string, delivery: number) => Promise<string>
}

const baseUrl = 'http://linq.test/api/partner/v3/chats'

/** @param note is told of each typing call, with its place among Linq's calls; gives who hears of its end. */
export function createUpstream(
  { lifetime, journeys }: { lifetime: number; journeys: readonly FuzzJourney[] },
  time: VirtualTime,
  note: (chat: string, action: Action, index: number) => Promise<(isAccepted: boolean) => void>,
): Upstream {
  let calls = 0
  let next: FuzzJourney | undefined
  let deliveryDelay = 0
  const linq = createLinqEmulator({
    lifetime,
    inactive: 'shown',
    deliveryDelay: () => deliveryDelay,
    clock: time.world,
    network: () => (next === undefined ? {} : { up: next.up, down: next.down, answer: inFull(next.answer) }),
  })

  const call =
    (action: Action) =>
    async (chat: string, { signal }: { signal: AbortSignal }) => {
      const place = here()
      const onSettled = await note(chat, action, linq.calls.length)
      next = journeys[calls++ % journeys.length]
      const method = action === 'start' ? 'POST' : 'DELETE'
      let isAccepted = false
      try {
        const answer = await outside(() => linq.fetch(`${baseUrl}/${chat}/typing`, { method, signal }))
        if (place?.process.isDead === true) return await never
        const { ok, status, headers } = answer
        if (!ok) throw Object.assign(new Error('refused'), { status, headers, error: await readJson(answer) })
        isAccepted = true
        return undefined
      } finally {
        onSettled(isAccepted)
      }
    }

  return {
    linq,
    client: { chats: { typing: { start: call('start'), stop: call('stop') } } },
    async send(chat, delivery) {
      next = undefined
      deliveryDelay = delivery
      const body = JSON.stringify({ message: { parts: [{ type: 'text', value: 'x' }] } })
      await outside(() => linq.fetch(`${baseUrl}/${chat}/messages`, { method: 'POST', body }))
      return linq.messages(chat).at(-1)!.id
    },
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json()
  } catch {
    return undefined
  }
}
