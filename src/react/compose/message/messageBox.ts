import { isRefusedSend } from '../../../core/isRefusedSend.js'
import { report } from '../../../core/report.js'
import { isBlank } from '../../../core/typingText.js'
import type { Caret } from '../field/fieldCaret.js'
import { withFieldLineEnds } from '../field/fieldElement.js'
import { createFieldHeight } from '../field/height.js'
import { createTextField, type TextField } from '../field/textField.js'
import { createStore, type Store } from '../store.js'
import * as chats from './chatRecord.js'
import { createControlledValue } from './controlledValue.js'
import { tellOfFailure } from './failedSend.js'
import { measure } from './limit.js'
import type { MessageBoxHost, SendContext } from './messageBoxHost.js'

/** What is known of a message box, except its text. */
export interface MessageBoxState {
  /** Whether there is nothing to send. */
  readonly isBlank: boolean
  /** Whether a message of this chat is on its way. */
  readonly isSending: boolean
  /** Whether the text is longer than it may be. */
  readonly isOverLimit: boolean
  /** How many characters are left, below zero when there are too many; `null` while the limit is far. */
  readonly remaining: number | null
  /** Whether a message of this chat was not sent, until another is, or nothing is left of it. */
  readonly isFailed: boolean
  /** Why it was not sent. */
  readonly sendError: unknown
  /** Whether such a message waits to be put back. */
  readonly hasUnsent: boolean
}

/** The text of a message box, and its way out. */
export interface MessageBox extends Pick<Store<MessageBoxState>, 'state' | 'subscribe'> {
  readonly field: TextField
  attach: (element: HTMLTextAreaElement | null) => void
  /** Shows a chat, for replies or for notes. @returns a function that leaves it, and keeps what was written. */
  enter: (chatId: string, isNote: boolean, closing: Set<() => void>) => () => void
  /** Looks at the limits and the chat's messages again. */
  refresh: () => void
  send: () => void
  setText: (text: string) => void
  /** Takes over a text that the host gave; `null` where it keeps none. */
  adopt: (text: string | null) => void
  putBack: () => void
}

/** @param initial the text that the field has at first. */
export function createMessageBox(host: { readonly current: MessageBoxHost }, initial: string): MessageBox {
  const height = createFieldHeight()
  const { tell, hear, begin } = createControlledValue(host, initial)
  // Boxes without a chat have nothing in common.
  const own = chats.createChatRecords()
  let record = chats.recordOf(own, '', host.current.isNote)
  /** Whether the host keeps the text of the chat that is shown. */
  let isHosts = host.current.value != null
  /** The first text, until a chat is shown. */
  let untouched: string | null = initial

  const onEdit = (text: string, isTyping: boolean) => {
    if (isTyping || isBlank(text)) host.current.typed(text)
    changed(text)
  }
  const field = createTextField(initial, { onEdit, isEditable: () => host.current.isEditable() })
  const { state, set, subscribe } = createStore(stateOf(initial))

  function changed(text: string): void {
    if (text === '') chats.forget(record, chats.isReturned)
    try {
      tell(text)
    } finally {
      refresh()
    }
  }

  /** Writes from code, where no edit tells the rest. */
  function write(text: string, caret: Caret = [text.length, text.length]): void {
    field.write(text, caret)
    if (isBlank(text)) host.current.typed('')
    changed(text)
  }

  function stateOf(text: string): MessageBoxState {
    const { maxLength, countText } = host.current
    const failed = record.messages.filter(({ status }) => status !== 'sending')
    return {
      ...measure(text, maxLength, countText),
      isBlank: isBlank(text),
      isSending: record.messages.length > failed.length,
      isFailed: failed.length > 0,
      sendError: failed.at(-1)?.error,
      hasUnsent: failed.some(({ status }) => status === 'waiting'),
    }
  }

  function refresh(): void {
    const text = field.text()
    set(stateOf(text))
    height.refresh(text)
  }

  function submit(): void {
    const text = field.text()
    refresh()
    const sender = host.current
    if (!sender.isEditable() || state().isBlank || state().isOverLimit) return
    field.take()
    const from = record
    const message: chats.Message = { text, host: sender, status: 'sending', record: from }
    const before = from.messages.filter(chats.isReturned)
    from.messages = [...from.messages, message]
    // One promise for all who wait: something that is only like a promise may run whenever it is awaited.
    let resolve!: (value: unknown) => void
    let reject!: (error: unknown) => void
    const sending = new Promise((yes, no) => {
      resolve = yes
      reject = no
    }).then((value) => {
      if (isRefusedSend(value)) throw value as Error
      return value
    })
    void sending.then(
      // One that failed after this one left is still not sent.
      () => chats.forget(message.record, (other) => other === message || before.includes(other)),
      (error: unknown) => fail(message, error),
    )
    try {
      sender.sent(sending)
      tell('')
    } finally {
      // A listener that throws must not block the send.
      try {
        resolve(sender.onSend(text, contextOf(from)))
      } catch (error) {
        reject(error)
        fail(message, error)
      }
      chats.refreshBoxes(from)
    }
  }

  /** Back into its box, if that is empty; else to whoever asked for it, or to the next box that shows its chat. */
  function fail(message: chats.Message, error: unknown): void {
    if (message.status !== 'sending') return
    const { text, record: its } = message
    const isShown = its.boxes.has(refresh)
    const { onSendError, onSendFailed } = its === record ? host.current : message.host
    const isTaken = () =>
      onSendFailed != null &&
      report(() => {
        onSendFailed(text, { ...contextOf(its), error })
        return true
      }) === true

    message.error = error
    tellOfFailure(onSendError, error, text)
    const isBack = isShown && field.text() === ''
    // A box that shows it now is better than a callback of one that no longer does.
    if (isBack || ((isShown || its.boxes.size === 0) && isTaken())) {
      // Where nobody sees the text, nothing is left to say. Elsewhere one mark is enough.
      chats.forget(its, (other) => (isShown ? chats.isReturned(other) : other === message))
      message.status = 'returned'
    } else chats.letWait(message)
    if (isBack) write(text)
    chats.refreshBoxes(its)
  }

  /**
   * What the chat shows: what was left in it, and after that what was written before it was known.
   *
   * @param before what the box showed until now.
   */
  function restore(before: chats.ChatRecord): void {
    const { value } = host.current
    const shown = field.text()
    const isSameChat = before.chatId === record.chatId
    if (value != null && before.chatId !== '' && !isSameChat) {
      // Whatever is shown, or composed, belongs to the chat that was left.
      begin(withFieldLineEnds(value))
      write(withFieldLineEnds(value))
      return
    }
    const isSwitched = isSameChat && before.isNote !== record.isNote && shown !== ''
    if (isSwitched) chats.moveMessages(before, record, chats.isReturned)
    if (value != null || isSwitched) {
      // A reply that becomes a note, or the other way round; a draft that is kept there waits for an empty box.
      if (value != null) field.write(shown)
      tell(field.text())
      return
    }
    const { text, caret } = chats.takeDraft(record)
    const mine = shown === untouched && text !== '' ? '' : shown
    const waiting = text + mine === '' ? chats.takeWaiting(record) : []
    field.write(chats.joined(text, mine, ...waiting), mine === '' ? caret : undefined)
    tell(field.text())
  }

  return {
    field,
    attach(element) {
      field.attach(element)
      // What a field that comes late already holds.
      if (untouched === null) field.sync()
      height.follow(element)
      height.refresh(field.text())
    },
    enter(chatId, isNote, closing) {
      const before = record
      const entered = chats.recordOf(chatId === '' ? own : chats.recordsOf(closing), chatId, isNote)
      record = entered
      // What left, or was not sent, before the chat had an id belongs to this one.
      if (chatId !== '')
        for (const past of own.chats.values())
          chats.moveMessages(past, chats.recordOf(entered.all, chatId, past.isNote))
      chats.enterChat(entered, refresh)
      restore(before)
      // Nothing is left of what was given back to a box that is gone.
      if (field.text() === '' && entered.boxes.size === 1) chats.forget(entered, chats.isReturned)
      isHosts = host.current.value != null
      untouched = null
      chats.refreshBoxes(entered)
      return () => {
        const { value, chatId: next, isNote: isNextNote } = host.current
        const isLeft = chatId !== '' && ((next ?? '') !== chatId || isNextNote === isNote)
        chats.leaveChat(entered, refresh, isLeft && !isHosts ? field.text() : '', field.caret())
        if (isLeft && (!isHosts || value == null)) field.write('')
      }
    },
    state,
    subscribe,
    refresh,
    send: () => field.commit(submit),
    setText: (text) => write(withFieldLineEnds(text)),
    adopt(text) {
      isHosts = text !== null
      const shown = field.text()
      if (text === null || !hear(text, shown)) return
      field.whenComposed(() => {
        if (field.text() === shown) write(text, field.caret() ?? undefined)
      })
    },
    putBack() {
      const waiting = chats.takeWaiting(record)
      chats.forget(record, chats.isReturned)
      write(chats.joined(...waiting, field.text()))
      field.element()?.focus()
    },
  }
}

function contextOf({ chatId }: chats.ChatRecord): SendContext {
  return { chatId: chatId === '' ? null : chatId }
}
