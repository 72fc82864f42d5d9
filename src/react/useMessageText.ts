import { type RefObject, useState, useSyncExternalStore } from 'react'
import { isBlank } from '../core/typingText.js'
import { useTypingContext } from './typingContext.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'
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
  /** Whether a message of this chat was not sent. */
  isFailed: boolean
  /** Whether such a message waits to be put back. */
  hasUnsent: boolean
  edited: () => void
  send: () => void
  putBack: () => void
}

const noTexts: readonly string[] = []

/** The text of a message box: it lives in the field, is kept per chat, and comes back when its sending fails. */
export function useMessageText(options: MessageTextOptions): MessageText {
  const { chatId, field } = options
  const { drafts } = useTypingContext('ComposeBox')
  const committed = useCommitted(options)
  const [blank, setBlank] = useState(true)
  const [pending, setPending] = useState(0)
  const [failedChat, setFailedChat] = useState<string | null>(null)
  const chat = chatId ?? ''
  const unsent = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.unsent(chat),
    () => noTexts,
  )

  useBrowserLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    // What was written before the chat had an id, or before the script came, goes after what was there.
    fill(element, joined(drafts.text(chat), element.value))
    if (element.value === '' && drafts.unsent(chat).length > 0) {
      fill(element, joined(...drafts.takeUnsent(chat)))
      setFailedChat(chat)
    }
    setBlank(isBlank(element.value))
    return () => {
      if (chat === '') return
      drafts.setText(chat, element.value)
      fill(element, '')
    }
  }, [chat, drafts, field])

  const write = (text: string) => {
    if (field.current === null) return
    fill(field.current, text)
    setBlank(isBlank(text))
  }

  /** Back into the box that it came from, to whoever asked for it, or to the next box that shows its chat. */
  const giveBack = (text: string, error: unknown) => {
    const element = field.current
    const shown = committed.current.chatId ?? ''
    const isShown = element?.isConnected === true && (chat === '' || shown === chat)
    if (isShown && element.value === '') {
      write(text)
      setFailedChat(shown)
    } else if (committed.current.onSendFailed !== undefined) {
      committed.current.onSendFailed(text, error)
      if (isShown) setFailedChat(shown)
    } else if (chat !== '' || isShown) drafts.addUnsent(isShown ? shown : chat, text)
    // There is no chat to keep it for: its failure is at least not hidden.
    else throw error
  }

  const send = () => {
    const element = field.current
    if (element === null || element.disabled || isBlank(element.value)) return
    const text = element.value
    write('')
    setFailedChat(null)
    setPending((count) => count + 1)
    const settled = () => setPending((count) => count - 1)
    // One promise for all who wait: something that is only like a promise may run whenever it is awaited.
    const { promise, resolve, reject } = deferred()
    // Before onSend, which may close this box.
    committed.current.sent(promise)
    promise.then(settled, settled)
    try {
      resolve(committed.current.onSend(text))
    } catch (error) {
      reject(error)
      giveBack(text, error)
      return
    }
    void promise.catch((error: unknown) => giveBack(text, error))
  }

  return {
    isBlank: blank,
    isSending: pending > 0,
    isFailed: failedChat === chat || unsent.length > 0,
    hasUnsent: unsent.length > 0,
    edited: () => setBlank(isBlank(field.current?.value ?? '')),
    send,
    putBack() {
      if (field.current === null) return
      write(joined(...drafts.takeUnsent(chat), field.current.value))
      field.current.focus()
    },
  }
}

function joined(...texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}

function fill(element: HTMLTextAreaElement, text: string): void {
  if (element.value !== text) element.value = text
}

function deferred() {
  let resolve!: (value: unknown) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
