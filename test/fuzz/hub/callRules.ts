import type { Case } from './bubbleRules.js'
import { outage } from './figures.js'

/** No stop reaches Linq while somebody else holds a lease that the store knows of. */
export function noWrongStop({ scenario, transcript, reach, chat }: Case): string[] {
  if (!scenario.isTold) return []
  const isExcused = (at: number) => transcript.faults.some((fault) => fault <= at && at - fault < outage)
  return transcript.linqCalls
    .filter(
      ({ chat: id, action, sentAt, others }) =>
        id === chat &&
        action === 'stop' &&
        others.some((since) => since < sentAt - reach.command) &&
        !isExcused(sentAt),
    )
    .map(({ sentAt }) => `3 wrong stop: at ${sentAt} somebody else holds a lease`)
}

/** No more calls than the pages ask for, save for corrections where a start met a stop. */
export function callsWithinBudget({ transcript, reach, chat }: Case): string[] {
  const asked = transcript.pageCalls.filter((call) => call.chat === chat && call.arrivedAt !== null)
  const made = transcript.linqCalls.filter((call) => call.chat === chat)
  const starts = asked.filter(({ action }) => action === 'start')
  const stops = asked.filter(({ action }) => action === 'stop')
  const madeStops = made.filter(({ action }) => action === 'stop')
  const madeStarts = made.filter(({ action }) => action === 'start')
  const met = madeStops.filter(({ sentAt, settledAt }) =>
    starts.some(
      ({ arrivedAt }) =>
        arrivedAt! >= sentAt - reach.page && arrivedAt! <= (settledAt ?? Infinity) + reach.command,
    ),
  ).length
  const left = starts.filter(({ goneAt }) => goneAt !== null).length
  const failed = madeStops.filter(({ isAccepted }) => !isAccepted).length
  const broken: string[] = []
  if (madeStarts.length > starts.length + met)
    broken.push(`4 budget: ${madeStarts.length} starts for ${starts.length} and ${met} that met a stop`)
  if (madeStops.length > stops.length + left + failed + met)
    broken.push(
      `4 budget: ${madeStops.length} stops for ${stops.length}, ${left} that left, ${failed} that failed and ${met} that met a start`,
    )
  return broken
}
