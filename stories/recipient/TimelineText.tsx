import type { ReactNode } from 'react'
import { describeCall } from './describeCall.js'
import { readExpiry, type RecipientTruth } from './RecipientTruth.js'
import type { TimelineReach } from './timelineWindow.js'

const endings = {
  stop: 'by a stop',
  lifetime: 'by age',
  message: 'with the message',
  reopened: 'by re-opening',
  left: 'with the chat',
}

/** The timeline in words, for whoever does not see it or wants it exact. */
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
        {expiry !== null && ` The bubble lasts ${Math.max(0, Math.round((expiry - now) / 1000))} s more.`}
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
