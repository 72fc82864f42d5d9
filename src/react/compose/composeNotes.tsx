import type { ReactNode } from 'react'
import type { TypingError } from '../../core/typingError.js'
import type { TypingIndicator } from '../useTypingIndicator.js'
import { formless } from './formless.js'
import type { ComposeBoxLabels } from './labels.js'
import type { ComposeBoxControls, UseComposeBoxOptions } from './useComposeBox.js'

/**
 * The notes below a box. A problem that lasts is announced, once; your own typing and single keys never are.
 *
 * Not a component: React's own tools read a component's props, and a box whose text is read re-renders with each key.
 */
export function composeNotes(
  box: ComposeBoxControls,
  labels: ComposeBoxLabels,
  { maxLength, announceTyping }: Pick<UseComposeBoxOptions, 'maxLength' | 'announceTyping'>,
): ReactNode {
  const { remaining, isOverLimit } = box
  // Nobody is told of a private note, so no failure to tell them matters.
  const error = announceTyping === false ? null : lastingError(box.typing)
  const limit = maxLength ?? 0
  return (
    <div className="rlt-compose-notes">
      <div {...box.getErrorProps({ className: 'rlt-compose-errors' })}>
        {box.isFailed && (
          <p className="rlt-compose-error">
            {labels.notSent}
            {box.hasUnsent && (
              <>
                {' '}
                <button {...formless} className="rlt-compose-put-back" onClick={box.putBack}>
                  {labels.putBack}
                </button>
              </>
            )}
          </p>
        )}
        {isOverLimit && <p className="rlt-compose-error">{labels.overLimit(limit)}</p>}
        {remaining !== null && !isOverLimit && (
          <p className="rlt-compose-hidden">{labels.nearLimit(limit)}</p>
        )}
        {error?.isFinal === true && <p className="rlt-compose-typing">{refusal(error, labels)}</p>}
      </div>
      {error?.isFinal === false && (
        <p className="rlt-compose-typing">
          {error.reason === 'offline' ? labels.offline : labels.typingFails}
        </p>
      )}
      <span {...box.getCounterProps({ className: 'rlt-compose-counter' })}>
        {remaining !== null && labels.remaining(remaining)}
      </span>
    </div>
  )
}

/** The failure to mention: not one that is over or that nobody would notice. */
function lastingError({ error, isTyping, status }: TypingIndicator): TypingError | null {
  return error?.isFinal === true || (isTyping && status !== 'active') ? error : null
}

/** Where only typing is refused, messages still go out. */
function refusal({ reason }: TypingError, labels: ComposeBoxLabels): string {
  return reason === 'forbidden' || reason === 'unsupported' ? labels.typingRefused : labels.typingImpossible
}
