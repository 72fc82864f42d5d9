import type { ReactNode } from 'react'
import type { TypingError } from '../core/typingError.js'
import type { TypingStatus } from '../core/typingState.js'
import type { TypingIndicator } from './useTypingIndicator.js'

export interface TypingLineProps {
  id: string
  typing: Pick<TypingIndicator, 'status' | 'error'>
}

/** The quiet line under a box that says why typing is not announced. One's own typing is never mentioned. */
export function TypingLine({ id, typing: { status, error } }: TypingLineProps): ReactNode {
  return (
    <p className="rlt-compose-typing" id={id} role="status">
      {error !== null && line(status, error)}
    </p>
  )
}

function line(status: TypingStatus, { reason }: TypingError): string | null {
  if (status === 'unavailable')
    return reason === 'forbidden' || reason === 'unsupported'
      ? 'Others can’t see you typing in this chat. Messages still go out.'
      : 'Others can’t see you typing in this chat.'
  if (status !== 'waiting') return null
  return reason === 'offline'
    ? 'You are offline: others can’t see you typing.'
    : 'Others may not see you typing right now.'
}
