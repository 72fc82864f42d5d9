import type { ReactNode } from 'react'
import { useComposeBox } from 'react-linq-typing'
import './ownBox.css'

export interface OwnBoxProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function OwnBox({ chatId, onSend }: OwnBoxProps): ReactNode {
  const box = useComposeBox({ chatId, onSend, maxLength: 160 })
  return (
    <form {...box.getFormProps({ className: 'own-box' })}>
      <div className="own-box-tools">
        {['👍', '🎉', '🙏'].map((emoji) => (
          <button
            key={emoji}
            type="button"
            aria-label={`Insert ${emoji}`}
            onClick={() => box.insertText(emoji)}
          >
            {emoji}
          </button>
        ))}
        <span {...box.getCounterProps()}>{box.remaining !== null && `${box.remaining} left`}</span>
      </div>
      <textarea {...box.getFieldProps({ 'aria-label': 'Message', placeholder: 'Markup of your own' })} />
      <button {...box.getSendButtonProps()}>{box.isSending ? 'Sending…' : 'Send'}</button>
      <div {...box.getErrorProps()}>
        {box.isFailed && 'That was not sent. '}
        {box.isOverLimit && 'That is too long. '}
        {box.hasUnsent && (
          <button type="button" onClick={box.putBack}>
            Put it back
          </button>
        )}
      </div>
    </form>
  )
}
