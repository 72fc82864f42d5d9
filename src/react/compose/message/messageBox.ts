import { runSafely } from '../../../core/runSafely.js'
import { isBlank } from '../../../core/isBlank.js'
import { createWindowWatch } from '../../watchPage.js'
import type { Caret } from '../field/fieldCaret.js'
import { withFieldLineEnds } from '../field/fieldElement.js'
import { createFieldHeight } from '../field/height.js'
import { createTextField, type TextField } from '../field/textField.js'
import { createStore, type Store } from '../store.js'
import * as chats from './chatRecord.js'
import { createControlledValue } from './controlledValue.js'
import type { MessageBoxHost, SendContext } from './messageBoxHost.js'
import { type MessageBoxState, messageBoxState } from './messageBoxState.js'
import { sendMessage, tellOfFailure } from './sendMessage.js'

/** The text of a message box, and how it is sent. */
export interface MessageBox extends Pick<Store<MessageBoxState>, 'state' | 'subscribe'> {
  readonly field: TextField
  attach: (element: HTMLTextAreaElement | null) => void
  /** Shows a chat, for replies or notes. @returns a function that leaves it and keeps its draft. */
  enter: (chatId: string, isNote: boolean, closing: Set<() => void>) => () => void
  /** The box is gone for good. No other will show what was written without a chat. */
  close: () => void
  /** Checks the limits and the chat's messages again. */
  refresh: () => void
  send: () => void
  setText: (text: string) => void
  /** Takes over the host's `value`; `null` if it keeps none. */
  adopt: (text: string | null) => void
  putBack: () => void
}

/** @param initial the field's first text. */
export function createMessageBox(host: { readonly current: MessageBoxHost }, initial: string): MessageBox {
  const height = createFieldHeight()
  const { tell, hear, release, begin } = createControlledValue(host, initial)
  // Boxes without a chat share nothing.
  const own = chats.createChatRecords()
  let record = chats.recordOf(own, '', host.current.isNote)
  /** Whether the host keeps the text of this chat. */
  let isHosts = host.current.value != null
  /** The default text, until it is edited or a chat with an id is shown. */
  let untouched = isHosts ? null : initial
  let isEntered = false
  const watchWindow = createWindowWatch(() => host.current.typed(''))

  const onEdit = (text: string, isTyping: boolean) => {
    if (isTyping || isBlank(text)) host.current.typed(text)
    changed(text)
  }
  const field = createTextField(initial, { onEdit, isEditable: () => host.current.isEditable() })
  const { state, set, subscribe } = createStore(messageBoxState(initial, record, host.current))

  function changed(text: string): void {
    untouched = null
    if (text === '') chats.forget(record, chats.isReturned)
    try {
      tell(text)
    } finally {
      refresh()
    }
  }

  /** Writes from code, without an edit event. */
  function write(text: string, caret: Caret | null = [text.length, text.length]): void {
    field.write(text, caret)
    if (isBlank(text)) host.current.typed('')
    changed(text)
  }

  function refresh(): void {
    const text = field.text()
    set(messageBoxState(text, record, host.current))
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
    try {
      sendMessage({
        send: () => sender.onSend(text, contextOf(from)),
        onLeave(sending) {
          sender.sent(sending)
          tell('')
        },
        // A message that failed after this one left is still not sent.
        onSent: () => chats.forget(message.record, (other) => other === message || before.includes(other)),
        onFailed: (error) => fail(message, error),
      })
    } finally {
      chats.refreshBoxes(from)
    }
  }

  /** Gives the text back to its box if that is empty, else to `onSendFailed`, else it waits in its chat. */
  function fail(message: chats.Message, error: unknown): void {
    if (message.status !== 'sending') return
    const { text, record: its } = message
    const isShown = its.boxes.has(refresh)
    const { onSendError, onSendFailed } = its === record ? host.current : message.host
    const isTaken = () =>
      onSendFailed != null &&
      runSafely(() => {
        onSendFailed(text, { ...contextOf(its), error })
        return true
      }) === true

    message.error = error
    tellOfFailure(onSendError, error, text)
    const isBack = isShown && field.text() === ''
    // Another box that shows the chat is better than a callback of one that no longer does.
    if (isBack || ((isShown || its.boxes.size === 0) && isTaken())) {
      // The box shows one failure, the last. If nobody sees the chat, there is none to show.
      chats.forget(its, (other) => (isShown ? chats.isReturned(other) : other === message))
      message.status = 'returned'
    } else chats.letWait(message)
    if (isBack) write(text)
    chats.refreshBoxes(its)
  }

  /**
   * Shows what was left in the chat, followed by what was written before the box had a chat.
   *
   * @param before the chat that the box showed until now.
   */
  function restore(before: chats.ChatRecord): void {
    const { value } = host.current
    const shown = field.text()
    const isSameChat = before.chatId === record.chatId
    if (before.chatId !== '' && !isSameChat) {
      if (value != null) {
        // What the field shows, or composes, belongs to the chat that was left.
        begin(withFieldLineEnds(value))
        write(withFieldLineEnds(value))
        return
      }
      // As in a new box, an empty value that comes late changes nothing.
      release('')
    }
    const isSwitched = isSameChat && before.isNote !== record.isNote && shown !== ''
    if (isSwitched) chats.moveMessages(before, record, chats.isReturned)
    if (value != null || isSwitched) {
      // A reply became a note, or a note a reply. A draft kept there waits until the box is empty.
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
      watchWindow(element)
      field.attach(element)
      // A field that comes late may already hold a text.
      if (isEntered) field.sync()
      height.follow(element)
      height.refresh(field.text())
    },
    enter(chatId, isNote, closing) {
      const before = record
      const entered = chats.recordOf(chatId === '' ? own : chats.recordsOf(closing), chatId, isNote)
      record = entered
      // Messages from before the chat had an id belong to it.
      if (chatId !== '')
        for (const past of own.chats.values())
          chats.moveMessages(past, chats.recordOf(entered.all, chatId, past.isNote))
      chats.enterChat(entered, refresh)
      restore(before)
      // The box that a message was given back to is gone, and so is its text.
      if (field.text() === '' && entered.boxes.size === 1) chats.forget(entered, chats.isReturned)
      isHosts = host.current.value != null
      if (chatId !== '') untouched = null
      isEntered = true
      chats.refreshBoxes(entered)
      return () => {
        const { value, chatId: next, isNote: isNextNote } = host.current
        const isLeft = chatId !== '' && ((next ?? '') !== chatId || isNextNote === isNote)
        chats.leaveChat(entered, refresh, isLeft && !isHosts ? field.text() : '', field.caret())
        if (isLeft && (!isHosts || value == null)) field.write('')
      }
    },
    close: () => chats.closeRecords(own),
    state,
    subscribe,
    refresh,
    send: () => field.commit(submit),
    setText: (text) => write(withFieldLineEnds(text)),
    adopt(text) {
      if (text === null && isHosts) release(null)
      isHosts = text !== null
      const shown = field.text()
      if (text === null || !hear(text, shown)) return
      const { value } = host.current
      field.whenComposed(() => {
        if (field.text() === shown && host.current.value === value) write(text, null)
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
