import { noGaps, noLastingGhost, noStuckTyping } from './bubblePromises.js'
import { budget, noFalseTyping, oneInFlight, refusalsAndLimits } from './callPromises.js'
import type { Scenario } from './events.js'
import { composingSpans } from './log.js'
import type { Transcript } from './simulate.js'
import type { Span } from './spans.js'
import { noUselessStop, stopsAreTried, stopsAreTriedAgain } from './stopPromises.js'

/** Which of the six promises a transcript breaks, in words; derived from what was seen alone. */
export function brokenPromises({ lifetime, works }: Scenario, transcript: Transcript): string[] {
  const broken: string[] = []
  for (const [chat, spans] of transcript.bubbles) {
    const log = transcript.log.filter((entry) => entry.chat === chat)
    const composing = composingSpans(log)
    const bubble = spans.map(({ from, to }): Span => [from, to ?? transcript.end])
    broken.push(
      ...noFalseTyping(log, transcript),
      ...oneInFlight(log),
      ...noUselessStop(log, works, transcript),
      ...refusalsAndLimits(log, transcript),
      ...budget(log, composing, transcript),
      ...(works
        ? [
            ...noStuckTyping(log, composing, bubble, transcript),
            ...noGaps(log, composing, bubble, transcript),
          ]
        : [
            ...noLastingGhost(composing, bubble, lifetime, transcript),
            ...stopsAreTried(log, composing, bubble, transcript),
            ...stopsAreTriedAgain(log, composing, bubble, transcript),
          ]),
    )
  }
  if (transcript.timersLeft > 0) broken.push(`6 hygiene: ${transcript.timersLeft} timers left`)
  for (const reason of transcript.unhandled) broken.push(`5 isolation: unhandled ${String(reason)}`)
  return broken
}
