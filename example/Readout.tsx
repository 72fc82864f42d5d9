import type { ReactNode } from 'react'
import { type TypingError, type TypingStatus, useTypingIndicator } from 'react-linq-typing'
import { useNow } from '../stories/recipient/useNow.js'

const meanings: Record<TypingStatus, string> = {
  idle: 'Nothing is announced.',
  starting: 'The first start is on its way.',
  active: 'Linq accepted a start. Accepted doesn’t mean shown.',
  stopping: 'A stop is on its way.',
  waiting: 'Someone is composing, but a start has to wait.',
  unavailable: 'This chat refuses typing: no more calls.',
}

/** What `useTypingIndicator` says about a chat, for whoever builds on it. */
export function Readout({ chatId }: { chatId: string }): ReactNode {
  const { status, error, isTyping, retryAt, reset } = useTypingIndicator(chatId)
  return (
    <section className="readout" aria-label="useTypingIndicator">
      <dl>
        <div>
          <dt>status</dt>
          <dd>
            <output className="readout-status" data-status={status}>
              {status}
            </output>
            <span className="readout-meaning">{meanings[status]}</span>
          </dd>
        </div>
        <div>
          <dt>isTyping</dt>
          <dd>{String(isTyping)}</dd>
        </div>
        <div>
          <dt>error</dt>
          <dd>
            {error === null ? (
              'null'
            ) : (
              <>
                <span className="readout-error">{summarise(error)}</span>
                <button type="button" className="quiet-button" onClick={reset}>
                  Reset
                </button>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>retryAt</dt>
          <dd>{retryAt === null ? 'null' : <Countdown to={retryAt} />}</dd>
        </div>
      </dl>
    </section>
  )
}

function Countdown({ to }: { to: number }): ReactNode {
  return `in ${Math.max(0, Math.ceil((to - useNow()) / 1000))} s`
}

function summarise({ reason, status, code }: TypingError): string {
  return [reason, status !== undefined && `status ${status}`, code !== undefined && `code ${code}`]
    .filter((part) => part !== false)
    .join(', ')
}
