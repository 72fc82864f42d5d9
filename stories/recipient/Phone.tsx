import type { ReactNode } from 'react'
import type { RecipientTruth } from './RecipientTruth.js'

export interface PhoneProps {
  truth: Pick<RecipientTruth, 'name' | 'sees' | 'messages'>
  /** What the phone calls the conversation: us, or the group's name. @default 'Fern & Co.' */
  title?: string | undefined
  /** Colours the recipient's own messages, as phones do. @default 'iMessage' */
  service?: 'iMessage' | 'SMS' | undefined
  /** What stands in place of the recipient's own text field. @default an empty one */
  reply?: ReactNode
  /** A line under the phone, about what it shows or why it shows nothing. */
  note?: ReactNode
}

/** The recipient's phone: our messages come in on the left, and so does the typing bubble. */
export function Phone({
  truth,
  title = 'Fern & Co.',
  service = 'iMessage',
  reply,
  note,
}: PhoneProps): ReactNode {
  const { name, sees, messages } = truth
  const delivered = messages.filter((message) => message.deliveredAt !== null)
  return (
    <figure
      className="phone"
      aria-label={`${name}’s phone`}
      data-service={service}
      data-typing={sees ? '' : undefined}
    >
      <div className="phone-body">
        <div className="phone-status" aria-hidden="true">
          <span>9:41</span>
          <span className="phone-battery" />
        </div>
        <div className="phone-contact">
          <span className="phone-avatar" aria-hidden="true">
            {initials(title)}
          </span>
          <span className="phone-title">{title}</span>
        </div>
        <ol className="phone-screen" aria-label="Conversation">
          {delivered.length === 0 && !sees && <li className="phone-empty">No messages yet</li>}
          {delivered.map(({ id, text, from }) => (
            <li key={id} className="phone-bubble" data-from={from} dir="auto">
              {text}
            </li>
          ))}
          {sees && (
            <li className="phone-bubble phone-typing" data-from="us">
              <span className="recipient-hidden">{title} is typing…</span>
              <span className="phone-dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
            </li>
          )}
        </ol>
        {reply ?? (
          <div className="phone-reply" aria-hidden="true">
            {service === 'SMS' ? 'Text Message' : 'iMessage'}
          </div>
        )}
      </div>
      <figcaption className="phone-caption">
        <strong>{name}’s phone</strong>
        {note !== undefined && <span className="phone-note">{note}</span>}
      </figcaption>
    </figure>
  )
}

function initials(title: string): string {
  return title
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word))
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('')
}
