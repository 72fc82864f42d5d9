import type { LinqAnswer, LinqNetwork } from 'react-linq-typing/testing'
import type { NetworkSwitches } from '../api.js'

/** How long a slow network takes each way, in milliseconds. */
const slowness = 1_500

const answers: Record<429 | 500 | 401, LinqAnswer> = {
  429: { status: 429, code: 1007, retryAfter: 20 },
  500: { status: 500, code: 3001 },
  401: { status: 401, code: 2004 },
}

/** Makes the network that the switches describe. A rate limit is on typing alone: messages still go out. */
export function createNetwork({ slow, answer }: NetworkSwitches): LinqNetwork {
  const way = slow ? slowness : 0
  return ({ action }) => ({
    up: way,
    down: way,
    answer: answer === null || (answer === 429 && action === 'message') ? undefined : answers[answer],
  })
}

/** Reads switches that somebody sent, or null where they make no sense. */
export function readSwitches(sent: unknown): NetworkSwitches | null {
  if (typeof sent !== 'object' || sent === null) return null
  const { slow, answer } = sent as Partial<NetworkSwitches>
  if (typeof slow !== 'boolean' || answer === undefined) return null
  return answer === null || Object.hasOwn(answers, answer) ? { slow, answer } : null
}
