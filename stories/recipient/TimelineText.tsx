import type { ReactNode } from 'react'
import { describeCall } from './describeCall.js'
import { readExpiry, type RecipientTruth } from './RecipientTruth.js'
import type { TimelineReach } from './timelineWindow.js'

const endings = {
  stop: 'after a stop',
  lifetime: 'because it ran out',
  message: 'with the message',
  reopened: 'because they reopened their app',
  left: 'because the chat was left',
}

/** The timeline in words, for those who can’t see it or want it exact. */
export function TimelineText({ truth, reach }: { truth: RecipientTruth; reach: TimelineReach }): ReactNode {
  const { now, keys, calls, spans } = truth
  const expiry = readExpiry(truth)
  const ago = (at: number) => `${Math.max(0, Math.round((now - at) / 1000))} s ago`
  const events = [
    ...calls.map((call) => ({ at: call.sentAt, text: describeCall(call) })),
    ...spans.flatMap(({ from, to, endedBy }) => [
      { at: from, text: 'bubble on' },
      ...(to === null || endedBy === null ? [] : [{ at: to, text: `bubble off ${endings[endedBy]}` }]),
    ]),
  ].sort((one, other) => one.at - other.at)

  return (
    <details className="timeline-text">
      <summary>In words</summary>
      <p>
        {keys.length === 1 ? '1 key' : `${keys.length} keys`} in the last{' '}
        {reach.past >= 60_000 ? 'minute' : `${Math.round(reach.past / 1000)} s`}
        {keys.length > 0 && `, the last one ${ago(Math.max(...keys))}`}.
        {expiry !== null && ` The bubble lasts another ${Math.max(0, Math.round((expiry - now) / 1000))} s.`}
      </p>
      <ul>
        {events.map(({ at, text }, index) => (
          <li key={`${at} ${index}`}>
            {ago(at)}: {text}
          </li>
        ))}
      </ul>
    </details>
  )
}
