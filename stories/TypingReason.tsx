import type { ReactNode } from 'react'
import { useTypingIndicator } from 'react-linq-typing'
import { explainTyping, type TypingFacts } from './explainTyping.js'

export interface TypingReasonProps extends Omit<TypingFacts, 'state'> {
  chatId: string
}

/** What the hook says of a chat, and why it calls or does not call. */
export function TypingReason({ chatId, ...facts }: TypingReasonProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  return (
    <p className="reason" aria-label="Status">
      <code className="reason-status" data-status={typing.status}>
        {typing.status}
      </code>{' '}
      <span className="reason-text">{explainTyping({ ...facts, state: typing })}</span>
      {typing.error !== null && (
        <>
          {' '}
          <button type="button" className="reason-reset" onClick={typing.reset}>
            reset()
          </button>
        </>
      )}
    </p>
  )
}
