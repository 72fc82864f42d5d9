import type { ReactNode } from 'react'
import { useComposeBox, type UseComposeBoxOptions } from 'react-linq-typing'
import './ownMarkup.css'

/** A message box with markup of its own, that behaves as `<ComposeBox>` does. */
export function OwnMarkup(options: UseComposeBoxOptions): ReactNode {
  const box = useComposeBox(options)
  return (
    <form {...box.getFormProps({ className: 'own' })}>
      <div className="own-tools" role="group" aria-label="Tools">
        {['👍', '🎉', '❤️'].map((emoji) => (
          <button
            key={emoji}
            type="button"
            aria-label={`Insert ${emoji}`}
            onClick={() => box.insertText(emoji)}
          >
            {emoji}
          </button>
        ))}
        <button type="button" onClick={() => box.setText('Thank you, it is ready.')}>
          Quick reply
        </button>
      </div>
      <textarea
        {...box.getFieldProps({
          rows: 3,
          className: 'own-field',
          'aria-label': 'Message',
          placeholder: 'Write a message',
        })}
      />
      <div className="own-foot">
        <div {...box.getErrorProps({ className: 'own-error' })}>
          {box.isFailed && 'Not sent.'}
          {box.isOverLimit && 'Too long.'}
        </div>
        {box.hasUnsent && (
          <button type="button" onClick={box.putBack}>
            Put it back
          </button>
        )}
        <span {...box.getCounterProps({ className: 'own-counter' })}>
          {box.remaining !== null && `${box.remaining} left`}
        </span>
        <button {...box.getSendButtonProps({ className: 'own-send' })}>
          {box.isSending ? 'Sending…' : 'Send it'}
        </button>
      </div>
    </form>
  )
}
