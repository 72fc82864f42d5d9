import type { ReactNode } from 'react'
import { describeCall } from './describeCall.js'
import type { RecipientTruth } from './RecipientTruth.js'

const endings = {
  stop: 'by a stop',
  lifetime: 'by age',
  message: 'with the message',
  reopened: 'by re-opening',
  left: 'with the chat',
}

/** The timeline in words, for whoever does not see it or wants it exact. */
export function TimelineText({ truth }: { truth: RecipientTruth }): ReactNode {
  const { now, keys, calls, spans } = truth
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
        {keys.length === 1 ? '1 key' : `${keys.length} keys`} in the last minute
        {keys.length > 0 && `, the last one ${ago(Math.max(...keys))}`}.
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
