import { isBlank } from '../../core/typingText.js'
import { createDrafts, type Drafts } from './drafts.js'
import type { Caret } from './fieldCaret.js'
import { createGrowth } from './growth.js'
import { createHostText } from './hostText.js'
import { createMeasure } from './limit.js'
import { withFieldLineEnds } from './lineEnds.js'
import { atRest, type MessageBoxState } from './messageBoxState.js'
import { createOutgoing, type OnSend } from './outgoing.js'
import { createTextField, type TextField } from './textField.js'

/** Takes a text that was not sent and can't go back into the box: someone typed on there, or switched chats. */
export type OnSendFailed = (text: string, error: unknown) => void

/** What a message box reads when it needs it. */
export interface MessageBoxHost {
  onSend: OnSend
  onSendFailed?: OnSendFailed | undefined
  onValueChange?: ((text: string) => void) | undefined
  /** The text, where the host keeps it; then there are no drafts. */
  value?: string | undefined
  maxLength?: number | undefined
  countText?: ((text: string) => number) | undefined
  /** Whether someone may write and send. */
  isEditable: () => boolean
  /** Counts an edit that left this text. */
  typed: (text: string) => void
  /** Says that the message left. */
  sent: (sending: PromiseLike<unknown>) => void
}

/** The text of a message box, and its way out. */
export interface MessageBox {
  readonly field: TextField
  attach: (element: HTMLTextAreaElement | null) => void
  /** Shows a chat. @returns a function that leaves it, and keeps what was written. */
  enter: (chatId: string, drafts: Drafts) => () => void
  state: () => MessageBoxState
  subscribe: (listener: () => void) => () => void
  /** Looks at the limits anew. */
  look: () => void
  send: () => void
  setText: (text: string) => void
  /** Takes over a text that the host gave. */
  adopt: (text: string) => void
  putBack: () => void
}

interface Place {
  readonly chatId: string
  readonly drafts: Drafts | null
}

/** A place as a message left it, with who takes it back there. */
interface Origin extends Place {
  readonly onSendFailed: OnSendFailed | undefined
}

const nowhere: Place = { chatId: '', drafts: null }

/** @param initial the text that the field has at first. */
export function createMessageBox(host: { readonly current: MessageBoxHost }, initial: string): MessageBox {
  const listeners = new Set<() => void>()
  const growth = createGrowth()
  const measure = createMeasure()
  // Boxes without a chat have nothing in common.
  const withoutChat = createDrafts()
  const { tell, hear, begin } = createHostText(host, initial)
  let place = nowhere
  let untouched: string | null = initial
  let state: MessageBoxState = { ...atRest, isBlank: isBlank(initial) }

  const onEdit = (text: string, isTyping: boolean) => {
    if (isTyping || isBlank(text)) host.current.typed(text)
    if (text === '') outgoing.forget(place.chatId)
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
    giveBack,
    onSettled: look,
  }))

  /** Writes from code, where no edit tells the rest. */
  function write(text: string, caret: Caret = [text.length, text.length]): void {
    field.write(text, caret)
    if (isBlank(text)) host.current.typed('')
    if (text === '') outgoing.forget(place.chatId)
    tell(text)
    look()
  }

  function look(): void {
    const text = field.text()
    const { maxLength, countText } = host.current
    const { remaining, isOver } = measure(text, maxLength, countText)
    const unsent = place.drafts?.unsent(place.chatId) ?? []
    const failure = outgoing.failure(place.chatId)
    const next: MessageBoxState = {
      isBlank: isBlank(text),
      isSending: outgoing.isSending(place.chatId),
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

  /** Back into the box that it came from, to whoever asked for it, or to the next box that shows its chat. */
  function giveBack(from: Origin, text: string, error: unknown): void {
    const isHere = from.chatId === '' || from.chatId === place.chatId
    const { onSendFailed } = isHere ? host.current : from
    const isShown = field.element()?.isConnected === true && isHere
    const isFree = isShown && field.text() === ''
    if (isShown) outgoing.failed(place.chatId, error)
    if (isFree) write(text)
    else if (onSendFailed !== undefined) onSendFailed(text, error)
    else if (isShown && place.drafts !== null) place.drafts.addUnsent(place.chatId, { text, error })
    else if (from.drafts !== null && from.chatId !== '') from.drafts.addUnsent(from.chatId, { text, error })
    // There is no chat to keep it for: its failure is at least not hidden.
    else throw error
    look()
  }

  function submit(): void {
    const text = field.text()
    look()
    if (!host.current.isEditable() || state.isBlank || state.isOverLimit) return
    field.take()
    try {
      outgoing.send(text, { ...place, onSendFailed: host.current.onSendFailed })
    } finally {
      look()
    }
  }

  /** What this chat shows: what was left in it, and after that what was written before it was known. */
  function restore({ chatId, drafts }: Place, isOther: boolean): void {
    const { value } = host.current
    const shown = field.text()
    if (value !== undefined && isOther) {
      // Whatever is shown, or composed, belongs to the chat that was left.
      begin(withFieldLineEnds(value))
      write(withFieldLineEnds(value))
      return
    }
    if (value !== undefined) {
      field.write(shown)
      tell(shown)
      return
    }
    const draft = drafts?.takeDraft(chatId) ?? { text: '', caret: null }
    const own = shown === untouched && draft.text !== '' ? '' : shown
    const unsent = draft.text === '' && own === '' ? (drafts?.takeUnsent(chatId) ?? []) : []
    const failed = unsent.at(-1)
    if (failed !== undefined) outgoing.failed(chatId, failed.error)
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
    enter(chatId, shared) {
      const drafts = chatId === '' ? withoutChat : shared
      const isOther = place.chatId !== '' && place.chatId !== chatId
      place = { chatId, drafts }
      if (chatId !== '') {
        // What left before the chat had an id is of this one.
        outgoing.assign(place)
        for (const message of withoutChat.takeUnsent('')) drafts.addUnsent(chatId, message)
      }
      const forget = drafts.subscribe(look)
      restore(place, isOther)
      untouched = null
      look()
      return () => {
        forget()
        if (chatId === '' || host.current.value !== undefined) return
        drafts.keepDraft(chatId, { text: field.text(), caret: field.caret() })
        field.write('')
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
      const shown = field.text()
      if (!hear(text, shown)) return
      field.whenComposed(() => {
        if (field.text() === shown) write(text, field.caret() ?? undefined)
      })
    },
    putBack() {
      const unsent = place.drafts?.takeUnsent(place.chatId) ?? []
      outgoing.forget(place.chatId)
      write(joined(...unsent.map(({ text }) => text), field.text()))
      field.element()?.focus()
    },
  }
}

function joined(...texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}
