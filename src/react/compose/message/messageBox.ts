import { report } from '../../../core/report.js'
import { isBlank } from '../../../core/typingText.js'
import { createDrafts, type Drafts } from './drafts.js'
import type { Caret } from '../field/fieldCaret.js'
import { createGrowth } from '../field/growth.js'
import { createHostText } from './hostText.js'
import { createMeasure } from './limit.js'
import { withFieldLineEnds } from '../field/lineEnds.js'
import type { MessageBoxHost } from './messageBoxHost.js'
import { atRest, type MessageBoxState } from './messageBoxState.js'
import { createOutgoing } from './outgoing.js'
import { keyOf, type Place } from './place.js'
import { tellOfFailure } from './tellOfFailure.js'
import { createTextField, type TextField } from '../field/textField.js'

/** The text of a message box, and its way out. */
export interface MessageBox {
  readonly field: TextField
  attach: (element: HTMLTextAreaElement | null) => void
  /** Shows a chat, for replies or for notes. @returns a function that leaves it, and keeps what was written. */
  enter: (chatId: string, isNote: boolean, drafts: Drafts) => () => void
  state: () => MessageBoxState
  subscribe: (listener: () => void) => () => void
  /** Looks at the limits anew. */
  look: () => void
  send: () => void
  setText: (text: string) => void
  /** Takes over a text that the host gave; `null` where it keeps none. */
  adopt: (text: string | null) => void
  putBack: () => void
}

/** A place as a message left it, with who is told there when it is not sent. */
interface Origin extends Place, Pick<MessageBoxHost, 'onSendFailed' | 'onSendError'> {}

/** @param initial the text that the field has at first. */
export function createMessageBox(host: { readonly current: MessageBoxHost }, initial: string): MessageBox {
  const listeners = new Set<() => void>()
  const growth = createGrowth()
  const measure = createMeasure()
  // Boxes without a chat have nothing in common.
  const withoutChat = createDrafts()
  const { tell, hear, begin } = createHostText(host, initial)
  const nowhere: Place = { chatId: '', isNote: host.current.isNote, drafts: withoutChat }
  let place = nowhere
  /** Whether the host keeps the text of the place that is shown. */
  let isHosts = host.current.value != null
  let untouched: string | null = initial
  let state: MessageBoxState = { ...atRest, isBlank: isBlank(initial) }

  const onEdit = (text: string, isTyping: boolean) => {
    if (isTyping || isBlank(text)) host.current.typed(text)
    if (text === '') outgoing.forget(keyOf(place))
    try {
      tell(text)
    } finally {
      look()
    }
  }
  const field = createTextField(initial, { onEdit, isEditable: () => host.current.isEditable() })

  const outgoing = createOutgoing<Origin>(() => ({
    onSend: host.current.onSend,
    sent(sending) {
      host.current.sent(sending)
      tell('')
    },
    notSent,
    onSettled: look,
  }))

  /** Writes from code, where no edit tells the rest. */
  function write(text: string, caret: Caret = [text.length, text.length]): void {
    field.write(text, caret)
    if (isBlank(text)) host.current.typed('')
    if (text === '') outgoing.forget(keyOf(place))
    tell(text)
    look()
  }

  function look(): void {
    const text = field.text()
    const { maxLength, countText } = host.current
    const { remaining, isOver } = measure(text, maxLength, countText)
    const key = keyOf(place)
    const unsent = place.drafts.unsent(key)
    const failure = outgoing.failure(key)
    const next: MessageBoxState = {
      isBlank: isBlank(text),
      isSending: outgoing.isSending(key),
      isOverLimit: isOver,
      remaining,
      isFailed: failure !== null || unsent.length > 0,
      sendError: (failure ?? unsent.at(-1))?.error,
      hasUnsent: unsent.length > 0,
    }
    const names = Object.keys(next) as (keyof MessageBoxState)[]
    if (names.some((name) => next[name] !== state[name])) state = next
    growth.look(text)
    for (const listener of [...listeners]) listener()
  }

  /** Back into its box, if that is empty; else to whoever asked for it, or to the next box that shows its place. */
  function notSent(from: Origin, text: string, error: unknown): void {
    const isHere = keyOf(from) === keyOf(place)
    const { onSendError, onSendFailed } = isHere ? host.current : from
    tellOfFailure(onSendError, error, text)
    const isShown = isHere && field.element()?.isConnected === true
    if (isShown) outgoing.failed(keyOf(from), error)
    if (isShown && field.text() === '') write(text)
    // A box that shows it now is better than a callback of one that no longer does.
    else if ((!isShown && from.drafts.isShown(keyOf(from))) || !isTakenBy(onSendFailed, from, text, error))
      from.drafts.addUnsent(keyOf(from), { text, error })
    look()
  }

  /** Whether a host took a message that was not sent; one that throws did not. */
  function isTakenBy(
    onSendFailed: MessageBoxHost['onSendFailed'],
    { chatId }: Origin,
    text: string,
    error: unknown,
  ): boolean {
    if (onSendFailed == null) return false
    const take = () => {
      onSendFailed(text, { chatId: chatId === '' ? null : chatId, error })
      return true
    }
    return report(take) === true
  }

  function submit(): void {
    const text = field.text()
    look()
    if (!host.current.isEditable() || state.isBlank || state.isOverLimit) return
    field.take()
    try {
      const { onSendError, onSendFailed } = host.current
      outgoing.send(text, { ...place, onSendError, onSendFailed })
    } finally {
      look()
    }
  }

  /** What left, or was not sent, before the chat had an id is of this one. */
  function moveIn({ chatId, drafts }: Place): void {
    outgoing.assign({ chatId, drafts })
    for (const isNote of [false, true])
      for (const message of withoutChat.takeUnsent(keyOf({ chatId: '', isNote })))
        drafts.addUnsent(keyOf({ chatId, isNote }), message)
  }

  /**
   * What the place shows: what was left in it, and after that what was written before it was known.
   *
   * @param before the place that the box showed until now.
   */
  function restore(before: Place): void {
    const { value } = host.current
    const { chatId, drafts } = place
    const key = keyOf(place)
    const shown = field.text()
    if (value != null && before.chatId !== '' && before.chatId !== chatId) {
      // Whatever is shown, or composed, belongs to the chat that was left.
      begin(withFieldLineEnds(value))
      write(withFieldLineEnds(value))
      return
    }
    const isSwitched = before.chatId === chatId && before.isNote !== place.isNote && shown !== ''
    if (isSwitched) outgoing.moveFailure(keyOf(before), key)
    if (value != null) {
      field.write(shown)
      tell(shown)
      return
    }
    // A reply that becomes a note, or the other way round; a draft that is kept there waits for an empty box.
    if (isSwitched) return
    const draft = drafts.takeDraft(key)
    const own = shown === untouched && draft.text !== '' ? '' : shown
    const unsent = draft.text === '' && own === '' ? drafts.takeUnsent(key) : []
    const failed = unsent.at(-1)
    if (failed !== undefined) outgoing.failed(key, failed.error)
    field.write(
      joined(draft.text, own, ...unsent.map(({ text }) => text)),
      own === '' ? draft.caret : undefined,
    )
    tell(field.text())
  }

  return {
    field,
    attach(element) {
      field.attach(element)
      // What a field that comes late already holds.
      if (place !== nowhere) field.sync()
      growth.follow(element)
      growth.look(field.text())
    },
    enter(chatId, isNote, shared) {
      const before = place
      place = { chatId, isNote, drafts: chatId === '' ? withoutChat : shared }
      if (chatId !== '') moveIn(place)
      const leave = place.drafts.show(keyOf(place), look)
      restore(before)
      isHosts = host.current.value != null
      untouched = null
      look()
      return () => {
        leave()
        const { value, chatId: next, isNote: isNextNote } = host.current
        const isSwitched = (next ?? '') === chatId && isNextNote !== isNote
        if (chatId === '' || isSwitched) return
        if (!isHosts)
          shared.keepDraft(keyOf({ chatId, isNote }), { text: field.text(), caret: field.caret() })
        if (!isHosts || value == null) field.write('')
      }
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    look,
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
      const unsent = place.drafts.takeUnsent(keyOf(place))
      outgoing.forget(keyOf(place))
      write(joined(...unsent.map(({ text }) => text), field.text()))
      field.element()?.focus()
    },
  }
}

function joined(...texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}
