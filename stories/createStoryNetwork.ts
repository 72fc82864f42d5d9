import type { LinqAnswer, LinqJourney, LinqNetwork } from 'react-linq-typing/testing'
import { isOffline } from './setOnline.js'
import type { Answers, StageSettings } from './StageSettings.js'

/** How long a slow call takes each way, in milliseconds. */
const slowness = 1_200

const refusals: Partial<Record<Answers, LinqAnswer>> = {
  '401': { status: 401, code: 2004 },
  '403': { status: 403, code: 2006 },
  '429': { status: 429, code: 1007, retryAfter: 5 },
  '500': { status: 500, code: 3001 },
}

/**
 * The network that the settings describe, read at each call.
 *
 * @param script what a story says of some calls, instead.
 */
export function createStoryNetwork(read: () => StageSettings, script: LinqNetwork | undefined): LinqNetwork {
  return (call) =>
    isOffline() ? { up: 'reset' } : (script?.(call) ?? travel(call.action === 'message', read()))
}

function travel(isMessage: boolean, { latency, answers, messages }: StageSettings): LinqJourney {
  if (isMessage) return messages === 'refused' ? { answer: { status: 500, code: 3001 } } : {}
  const way = answers === 'slow' ? Math.max(latency, slowness) : latency
  return { up: way, down: answers === 'lost' ? 'lost' : way, answer: refusals[answers] }
}
