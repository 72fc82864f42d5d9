import type { ComponentProps, ReactNode } from 'react'
import type { TypingError } from '../../core/typingError.js'
import type { ComposeBoxLabels } from './labels.js'

export interface ComposeNotesProps {
  errorProps: ComponentProps<'div'>
  counterProps: ComponentProps<'span'>
  labels: ComposeBoxLabels
  maxLength: number | null | undefined
  remaining: number | null
  isOverLimit: boolean
  isFailed: boolean
  hasUnsent: boolean
  onPutBack: () => void
  /** Why typing is not announced. */
  typingError: TypingError | null
}

/** What stands under a box. What lasts and is wrong is announced, once; one's own typing, and each key, never. */
export function ComposeNotes(props: ComposeNotesProps): ReactNode {
  const { errorProps, counterProps, labels, remaining, isOverLimit, isFailed, hasUnsent } = props
  const { onPutBack, typingError } = props
  const maxLength = props.maxLength ?? 0
  return (
    <div className="rlt-compose-notes">
      <div {...errorProps}>
        {isFailed && (
          <p className="rlt-compose-error">
            {labels.notSent}
            {hasUnsent && (
              <>
                {' '}
                <button type="button" className="rlt-compose-put-back" onClick={onPutBack}>
                  {labels.putBack}
                </button>
              </>
            )}
          </p>
        )}
        {isOverLimit && <p className="rlt-compose-error">{labels.overLimit(maxLength)}</p>}
        {remaining !== null && !isOverLimit && (
          <p className="rlt-compose-hidden">{labels.nearLimit(maxLength)}</p>
        )}
        {typingError?.isFinal === true && (
          <p className="rlt-compose-typing">{refusal(typingError, labels)}</p>
        )}
      </div>
      {typingError?.isFinal === false && (
        <p className="rlt-compose-typing">
          {typingError.reason === 'offline' ? labels.offline : labels.typingFails}
        </p>
      )}
      <span {...counterProps}>{remaining !== null && labels.remaining(remaining)}</span>
    </div>
  )
}

/** Messages still go out where it is typing alone that is refused. */
function refusal({ reason }: TypingError, labels: ComposeBoxLabels): string {
  return reason === 'forbidden' || reason === 'unsupported' ? labels.typingRefused : labels.typingImpossible
}
