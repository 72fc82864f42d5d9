import type { ReactNode } from 'react'
import { describeCall, hasFailed, outcomeOf } from './describeCall.js'
import { readExpiry, type RecipientTruth } from './RecipientTruth.js'
import { stackCalls } from './stackCalls.js'
import { TimelineText } from './TimelineText.js'
import { createTimelineWindow, fitReach, linqReach, type TimelineReach } from './timelineWindow.js'

export interface TimelineProps {
  truth: RecipientTruth
  /** How much time it shows at most. @default the last minute */
  reach?: TimelineReach | undefined
}

/** The last while in three lanes: our keys, the calls they became, and when the bubble was on and how long it may last. */
export function Timeline({ truth, reach = linqReach }: TimelineProps): ReactNode {
  const { now } = truth
  const starts = [...truth.keys, ...truth.calls.map((call) => call.sentAt)]
  const shown = createTimelineWindow(now, fitReach(reach, now - Math.min(now, ...starts)))
  const expiry = readExpiry(truth)
  const keys = truth.keys.filter((at) => at >= shown.from && at <= shown.to)
  const stacked = stackCalls(truth.calls, now, shown).filter(
    ({ call }) => (call.answeredAt ?? call.goneAt ?? now) >= shown.from,
  )
  const spans = truth.spans.filter((span) => (span.to ?? now) >= shown.from)
  const current = { ...truth, keys, spans, calls: stacked.map(({ call }) => call) }

  return (
    <section className="timeline" aria-label="Timeline">
      <div className="timeline-lanes" aria-hidden="true">
        <div className="timeline-lane" data-lane="keys">
          <span className="timeline-name">Keys</span>
          <div className="timeline-track">
            {keys.map((at, index) => (
              <i
                key={`${at} ${index}`}
                className="timeline-key"
                style={{ insetInlineStart: shown.place(at) }}
              />
            ))}
          </div>
        </div>
        <div className="timeline-lane" data-lane="calls">
          <span className="timeline-name">Calls</span>
          <div className="timeline-track">
            {stacked.map(({ call, row, label }) => (
              <div
                key={call.id}
                className="timeline-call"
                data-action={call.action}
                data-pending={outcomeOf(call) === '…' ? '' : undefined}
                data-failed={hasFailed(call) ? '' : undefined}
                style={{
                  ...shown.stretch(call.sentAt, call.answeredAt ?? call.goneAt ?? now),
                  insetBlockStart: `${row * 1.0625 + 1}rem`,
                }}
                title={describeCall(call)}
              >
                {label !== 'none' && (
                  <span className="timeline-label">
                    {label === 'full' && `${call.action === 'message' ? 'msg' : call.action} `}
                    <b>{outcomeOf(call)}</b>
                  </span>
                )}
              </div>
            ))}
          </div>
        </div>
        <div className="timeline-lane" data-lane="bubble">
          <span className="timeline-name">Bubble</span>
          <div className="timeline-track">
            {spans.map(({ from, to, endedBy }) => (
              <div
                key={from}
                className="timeline-bubble"
                data-on={to === null ? '' : undefined}
                style={shown.stretch(from, to ?? now)}
                title={endedBy === null ? 'on' : `ended by ${endedBy}`}
              />
            ))}
            {expiry !== null && (
              <div
                className="timeline-lifetime"
                style={shown.stretch(now, Math.max(now, expiry))}
                title="time left"
              />
            )}
          </div>
        </div>
        <div className="timeline-axis">
          {shown.ticks.map(({ at, label }) => (
            <span key={label} style={{ insetInlineStart: shown.place(at) }}>
              {label}
            </span>
          ))}
          <span className="timeline-now" style={{ insetInlineStart: shown.place(now) }}>
            now
          </span>
        </div>
      </div>
      <ul className="timeline-legend" aria-hidden="true">
        {['key', 'start', 'stop', 'message', 'failed', 'bubble'].map((mark) => (
          <li key={mark} data-mark={mark}>
            {mark}
          </li>
        ))}
        {truth.lifetime !== undefined && <li data-mark="lifetime">time left</li>}
      </ul>
      <TimelineText truth={current} reach={reach} />
    </section>
  )
}
