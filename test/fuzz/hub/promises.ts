import { timeout, tolerance } from '../figures.js'
import { type Span, union } from '../spans.js'
import { noGaps, noGhosts } from './bubbleRules.js'
import { callsWithinBudget, noWrongStop } from './callRules.js'
import type { HubScenario } from './events.js'
import { reachOf } from './figures.js'
import type { HubTranscript } from './transcript.js'

/** Which promises a transcript breaks, in words; derived from what was seen alone. */
export function brokenPromises(scenario: HubScenario, transcript: HubTranscript): string[] {
  const { chats, pageCalls, crashes, bubbles, end } = transcript
  const reach = reachOf(scenario)
  const broken: string[] = []
  chats.forEach((chat, index) => {
    const bubble = union(bubbles.get(chat)!.map(({ from, to }): Span => [from, to ?? end]))
    const found = [
      ...noGaps({ scenario, transcript, reach, chat, bubble }),
      ...noGhosts({ scenario, transcript, reach, chat, bubble }),
      ...noWrongStop({ scenario, transcript, reach, chat, bubble }),
      ...callsWithinBudget({ scenario, transcript, reach, chat, bubble }),
    ]
    broken.push(...found.map((what) => `chat ${index}: ${what}`))
  })
  for (const { action, arrivedAt, answeredAt, thrown, isOrphan } of pageCalls) {
    if (thrown !== undefined) broken.push(`5 answers: ${thrown}`)
    if (arrivedAt === null || isOrphan) continue
    if ((answeredAt ?? Infinity) - arrivedAt > timeout + tolerance)
      broken.push(`5 answers: a ${action} of ${arrivedAt} is answered at ${answeredAt}`)
  }
  if (crashes.length === 0) broken.push(...transcript.unsettled.map((what) => `5 answers: ${what}`))
  if (transcript.timersLeft > 0) broken.push(`6 hygiene: ${transcript.timersLeft} timers left`)
  return broken
}
