import { fireEvent, screen } from '@testing-library/react'
import { type TypingIndicator, useTypingIndicator, type UseTypingIndicatorOptions } from 'react-linq-typing'
import { useEffect } from 'react'

/** What the hook of the field on the page returned last, and how often its host rendered. */
export let typing: TypingIndicator
export let renders = 0

/** A host of the hook. */
export function Field({
  chatId,
  ...options
}: UseTypingIndicatorOptions & { chatId: string | null | undefined }) {
  const current = useTypingIndicator(chatId, options)
  useEffect(() => {
    typing = current
    renders++
  })
  return <textarea aria-label="Message" {...current.inputProps} />
}

export const field = () => screen.getByLabelText<HTMLTextAreaElement>('Message')
export const write = (text: string) => fireEvent.input(field(), { target: { value: text } })
