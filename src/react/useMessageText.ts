import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import { isBlank } from '../core/typingText.js'
import { useTypingContext } from './typingContext.js'
import { useCommitted } from './useCommitted.js'

export type OnSend = (text: string) => unknown
export type OnSendFailed = (text: string, error: unknown) => void

interface MessageTextOptions {
  chatId: string | null | undefined
  field: RefObject<HTMLTextAreaElement | null>
  onSend: OnSend
  onSendFailed?: OnSendFailed | undefined
  sent: (sending?: PromiseLike<unknown>) => void
}

export interface MessageText {
  isBlank: boolean
  isSending: boolean
  /** Whether the last message was not sent. */
  isFailed: boolean
  /** A text that was not sent and waits to be put back. */
  unsent: string
  edited: () => void
  send: () => void
  putBack: () => void
}

const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/** The text of a message box: it lives in the field, is kept per chat, and comes back when its sending fails. */
export function useMessageText(options: MessageTextOptions): MessageText {
  const { chatId, field } = options
  const { drafts } = useTypingContext('ComposeBox')
  const committed = useCommitted(options)
  const [blank, setBlank] = useState(true)
  const [pending, setPending] = useState(0)
  const [failure, setFailure] = useState<{ chatId: string; unsent: string } | null>(null)
  const chat = chatId ?? ''

  useBrowserLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    // Text typed before the script came is a draft too.
    if (element.value === '') fill(element, drafts.get(chat))
    setBlank(isBlank(element.value))
    return () => {
      // What was written before the chat had an id goes with it.
      if (chat === '') return
      drafts.set(chat, element.value)
      fill(element, '')
    }
  }, [chat, drafts, field])

  const write = (text: string) => {
    if (field.current === null) return
    fill(field.current, text)
    setBlank(isBlank(text))
  }

  const giveBack = (text: string, error: unknown) => {
    const { chatId: shown, onSendFailed } = committed.current
    const element = field.current
    const isShown = element?.isConnected === true && (shown ?? '') === chat
    if (isShown && element.value === '') {
      write(text)
      setFailure({ chatId: chat, unsent: '' })
    } else if (onSendFailed !== undefined) {
      onSendFailed(text, error)
      setFailure({ chatId: chat, unsent: '' })
    } else if (isShown) setFailure({ chatId: chat, unsent: text })
    else {
      const draft = drafts.get(chat)
      drafts.set(chat, draft === '' ? text : `${text}\n${draft}`)
      setFailure({ chatId: chat, unsent: '' })
    }
  }

  const send = () => {
    const element = field.current
    if (element === null || element.disabled || isBlank(element.value)) return
    const text = element.value
    write('')
    setFailure(null)
    let sending: unknown
    try {
      sending = committed.current.onSend(text)
    } catch (error) {
      giveBack(text, error)
      return
    }
    if (!isPromiseLike(sending)) {
      committed.current.sent()
      return
    }
    setPending((count) => count + 1)
    committed.current.sent(sending)
    const settled = () => setPending((count) => count - 1)
    void Promise.resolve(sending).then(settled, (error: unknown) => {
      settled()
      giveBack(text, error)
    })
  }

  return {
    isBlank: blank,
    isSending: pending > 0,
    isFailed: failure?.chatId === chat,
    unsent: failure?.unsent ?? '',
    edited: () => setBlank(isBlank(field.current?.value ?? '')),
    send,
    putBack() {
      if (failure === null || field.current === null) return
      const typedOn = field.current.value
      write(typedOn === '' ? failure.unsent : `${failure.unsent}\n${typedOn}`)
      setFailure(null)
      field.current.focus()
    },
  }
}

function fill(element: HTMLTextAreaElement, text: string): void {
  element.value = text
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}
