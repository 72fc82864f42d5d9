'use client'
import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
  useId,
  useRef,
} from 'react'
import { type OnSend, type OnSendFailed, useMessageText } from './useMessageText.js'
import { TypingLine } from './TypingLine.js'
import { useTypingIndicator, type UseTypingIndicatorOptions } from './useTypingIndicator.js'

export interface ComposeBoxProps
  extends
    Omit<ComponentProps<'textarea'>, 'value' | 'defaultValue' | 'children' | 'ref' | 'onError'>,
    Pick<UseTypingIndicatorOptions, 'isTypingText'> {
  chatId: string | null | undefined
  /** Sends a message. Returning or resolving means that it was sent, throwing or rejecting that it was not. */
  onSend: OnSend
  /** Takes a text that was not sent and can't go back into the box: someone typed on there, or switched chats. */
  onSendFailed?: OnSendFailed | undefined
  /** Told once of each new failure of a typing call. */
  onTypingError?: UseTypingIndicatorOptions['onError']
  /** What the field is called, for those who can't see it. @default 'Message' */
  label?: string | undefined
  /** What the send button is called. @default 'Send' */
  sendLabel?: string | undefined
}

/** A message box that announces typing, sends with Enter and never loses a word. */
export function ComposeBox({
  chatId,
  onSend,
  onSendFailed,
  isTypingText,
  onTypingError,
  label = 'Message',
  sendLabel = 'Send',
  onInput,
  onKeyDown,
  className,
  disabled,
  ...rest
}: ComposeBoxProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null)
  const typing = useTypingIndicator(chatId, { isTypingText, onError: onTypingError })
  const message = useMessageText({ chatId, field, onSend, onSendFailed, sent: typing.sent })
  const id = useId()

  const handleKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    onKeyDown?.(event)
    if (event.defaultPrevented || event.key !== 'Enter' || event.shiftKey || isComposingText(event)) return
    event.preventDefault()
    if (!event.repeat) message.send()
  }
  const handleInput: NonNullable<ComponentProps<'textarea'>['onInput']> = (event) => {
    onInput?.(event)
    message.edited()
    typing.inputProps.onInput(event)
  }
  const handleSubmit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    message.send()
  }

  return (
    <form
      className={['rlt-compose', className].filter(Boolean).join(' ')}
      onSubmit={handleSubmit}
      data-typing={typing.status}
      data-blank={message.isBlank ? '' : undefined}
      data-sending={message.isSending ? '' : undefined}
      data-invalid={message.isFailed ? '' : undefined}
      data-disabled={disabled === true ? '' : undefined}
    >
      <div className="rlt-compose-row">
        <textarea
          rows={1}
          enterKeyHint="send"
          {...rest}
          ref={field}
          className="rlt-compose-field"
          disabled={disabled}
          aria-label={label}
          aria-busy={message.isSending}
          aria-describedby={`${id}-failure ${id}-typing`}
          onInput={handleInput}
          onKeyDown={handleKeyDown}
        />
        <button
          type="submit"
          className="rlt-compose-send"
          disabled={disabled}
          aria-disabled={message.isBlank}
          onPointerDown={keepFocus}
          onMouseDown={keepFocus}
        >
          {sendLabel}
        </button>
      </div>
      <p className="rlt-compose-failure" id={`${id}-failure`} role="status">
        {message.isFailed && 'Your message was not sent. '}
        {message.hasUnsent && (
          <button type="button" onClick={message.putBack}>
            Put it back
          </button>
        )}
      </p>
      <TypingLine id={`${id}-typing`} typing={typing} />
    </form>
  )
}

/** Pressing the button leaves the caret, and a phone's keyboard, where they are. */
function keepFocus(event: SyntheticEvent): void {
  event.preventDefault()
}

/**
 * Whether this key belongs to an input method. Safari reports the Enter that ends a composition after its end, told
 * apart only by key code 229.
 */
function isComposingText({ nativeEvent }: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only mark that Safari leaves
  return nativeEvent.isComposing || nativeEvent.keyCode === 229
}
