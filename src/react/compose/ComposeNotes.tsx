import type { ReactNode } from 'react'
import type { TypingError } from '../../core/typingError.js'
import type { ComposeBoxLabels } from './labels.js'
import type { ComposeBoxControls } from './useComposeBox.js'

export interface ComposeNotesProps {
  box: ComposeBoxControls
  labels: ComposeBoxLabels
  maxLength: number | undefined
}

/** What stands under a box. What lasts and is wrong is announced, once; one's own typing, and each key, never. */
export function ComposeNotes({ box, labels, maxLength = 0 }: ComposeNotesProps): ReactNode {
  const { remaining, isOverLimit, isFailed, hasUnsent, typing } = box
  const isNear = remaining !== null && !isOverLimit
  return (
    <div className="rlt-compose-notes">
      <div {...box.getErrorProps({ className: 'rlt-compose-errors' })}>
        {isFailed && (
          <p className="rlt-compose-error">
            {labels.notSent}
            {hasUnsent && (
              <>
                {' '}
                <button type="button" className="rlt-compose-put-back" onClick={box.putBack}>
                  {labels.putBack}
                </button>
              </>
            )}
          </p>
        )}
        {isOverLimit && <p className="rlt-compose-error">{labels.overLimit(maxLength)}</p>}
        {isNear && <p className="rlt-compose-hidden">{labels.nearLimit(maxLength)}</p>}
        {typing.error?.isFinal === true && (
          <p className="rlt-compose-typing">{refusal(typing.error, labels)}</p>
        )}
      </div>
      {typing.error?.isFinal === false && typing.isTyping && typing.status !== 'active' && (
        <p className="rlt-compose-typing">
          {typing.error.reason === 'offline' ? labels.offline : labels.typingFails}
        </p>
      )}
      <span {...box.getCounterProps({ className: 'rlt-compose-counter' })}>
        {remaining !== null && labels.remaining(remaining)}
      </span>
    </div>
  )
}

/** Messages still go out where it is typing alone that is refused. */
function refusal({ reason }: TypingError, labels: ComposeBoxLabels): string {
  return reason === 'forbidden' || reason === 'unsupported' ? labels.typingRefused : labels.typingImpossible
}
