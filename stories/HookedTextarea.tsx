import { type ReactNode, useId } from 'react'
import { useTypingIndicator, type UseTypingIndicatorOptions } from 'react-linq-typing'
import './ownMarkup.css'

export interface HookedTextareaProps extends UseTypingIndicatorOptions {
  /** Which chat is written in; without one nothing is announced. */
  chatId: string | null | undefined
}

/** A bare textarea, and the hook: it announces typing, and does nothing else. */
export function HookedTextarea({ chatId, ...options }: HookedTextareaProps): ReactNode {
  const typing = useTypingIndicator(chatId, options)
  const id = useId()
  return (
    <div className="own">
      <label htmlFor={id}>Message</label>
      <textarea {...typing.inputProps} id={id} className="own-field" rows={3} placeholder="Write a message" />
    </div>
  )
}
