import type { KeyboardEvent, ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { useTypingIndicator } from 'react-linq-typing'

export interface ReactHookFormInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

export function ReactHookFormInput({ chatId, onSend }: ReactHookFormInputProps): ReactNode {
  const typing = useTypingIndicator(chatId)
  const { register, handleSubmit, reset, getValues, setValue, setError, formState } = useForm({
    defaultValues: { text: '' },
  })
  const { root: failure } = formState.errors

  const send = handleSubmit(({ text }) => {
    const sending = onSend(text)
    typing.sent(sending)
    reset()
    // Not sent: put it back, before anything typed meanwhile.
    sending.catch(() => {
      setValue('text', [text, getValues('text')].filter(Boolean).join('\n'))
      setError('root', { message: 'Your message was not sent.' })
    })
  })
  const sendOnEnter = (event: KeyboardEvent) => {
    // In Safari, only key code 229 marks an Enter that ended a composition.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return
    event.preventDefault()
    void send()
  }

  return (
    <form onSubmit={(event) => void send(event)}>
      <div className="kit-row">
        <textarea
          {...register('text', { validate: (text) => text.trim() !== '' })}
          {...typing.inputProps}
          rows={1}
          className="kit-field"
          aria-label="Message"
          placeholder="Write a message"
          onKeyDown={sendOnEnter}
        />
        <button className="kit-send">Send</button>
      </div>
      {failure && (
        <p className="kit-note" role="alert">
          {failure.message}
        </p>
      )}
    </form>
  )
}
