'use client'
import { useId, useMemo, useState, useSyncExternalStore } from 'react'
import { useTypingContext } from '../typingContext.js'
import { useBrowserLayoutEffect } from '../useBrowserLayoutEffect.js'
import { useCommitted } from '../useCommitted.js'
import {
  type TypingIndicator,
  useTypingIndicator,
  type UseTypingIndicatorOptions,
} from '../useTypingIndicator.js'
import { createEnterKey, sendsOnEnter, type SubmitMode } from './field/enterKey.js'
import { type AccessState, createFieldAccess } from './field/fieldAccess.js'
import { withFieldLineEnds } from './field/fieldElement.js'
import { createFieldRef } from './field/fieldRef.js'
import { createMessageBox, type MessageBoxState } from './message/messageBox.js'
import type { MessageBoxHost, OnSend, OnSendError, OnSendFailed } from './message/messageBoxHost.js'
import { createPropGetters, type PropGetters } from './propGetters.js'
import type { Store } from './store.js'

export interface UseComposeBoxOptions {
  /** Which chat is written in; without one nothing is announced, no draft is kept, and messages are still sent. */
  chatId: string | null | undefined
  /**
   * Sends a message. Throwing, rejecting, or giving a response whose `ok` is false and whose `status` is 400 or more
   * means that it was not sent; everything else means that it was.
   */
  onSend: OnSend
  /**
   * Takes a text that was not sent and can't go back into its box: someone typed on there, or it shows another chat.
   *
   * @default it waits beside the box of its chat, to be put back
   */
  onSendFailed?: OnSendFailed | null | undefined
  /** Told of every failed send, wherever its text goes. @default development prints each error once */
  onSendError?: OnSendError | null | undefined
  /** The text, where the host keeps it; then there are no drafts. */
  value?: string | null | undefined
  /** The text of the first chat shown, where there is no draft of it. @default '' */
  defaultValue?: string | null | undefined
  /** Told of each change of the text, whatever made it: an edit, a send, a draft. */
  onValueChange?: ((text: string) => void) | null | undefined
  /** Which Enter sends. @default 'auto' */
  submitMode?: SubmitMode | null | undefined
  /** How long a message may be. Nothing is ever cut: a longer one can't be sent. */
  maxLength?: number | null | undefined
  /** How long a text is, in the unit of `maxLength`. @default characters as people see them */
  countText?: ((text: string) => number) | null | undefined
  /**
   * Whether edits are announced: off for private notes, whose drafts are kept apart from those of replies. A box that
   * switches between the two takes its text along. A box for edits of old messages has no draft with `chatId={null}`.
   *
   * @default true
   */
  announceTyping?: boolean | null | undefined
  /** Whether a text that can be seen counts as typing. @default all of them */
  isTypingText?: UseTypingIndicatorOptions['isTypingText'] | null
  /** Told once of each new failure of a typing call. */
  onTypingError?: UseTypingIndicatorOptions['onError'] | null
  /** Whether nothing can be written or sent. @default false */
  disabled?: boolean | null | undefined
  /** The id of the field. @default one of its own */
  id?: string | null | undefined
}

export interface ComposeBoxControls extends MessageBoxState, AccessState, PropGetters {
  /** What is written. Only a component that reads it renders with each key. */
  readonly text: string
  /** What is known about typing in the chat. */
  readonly typing: TypingIndicator
  /** Sends what is written, as Enter and the button do; nothing where there is nothing that can be sent. */
  send: () => void
  /** Writes in place of what is written: no edit, so it is not announced. */
  setText: (text: string) => void
  /** Inserts at the caret, as a key would: it can be undone, and counts as an edit. */
  insertText: (text: string) => void
  /** Puts the messages that were not sent before what is written. */
  putBack: () => void
}

/** How a message box behaves (IMEs, Enter, sending, drafts, limits), for markup of your own. */
export function useComposeBox(options: UseComposeBoxOptions): ComposeBoxControls {
  const { chatId, value, maxLength, countText } = options
  const submitMode = options.submitMode ?? 'auto'
  const disabled = options.disabled ?? false
  const isNote = options.announceTyping === false
  const { closing } = useTypingContext('useComposeBox')
  const [access] = useState(createFieldAccess)
  const { isDisabled: isFieldDisabled, isReadOnly } = useStore(access)
  const isDisabled = disabled || isFieldDisabled
  const typing = useTypingIndicator(chatId, {
    // Nobody composes where nothing can be written.
    enabled: !isNote && !isDisabled && !isReadOnly,
    isTypingText: options.isTypingText,
    onError: options.onTypingError,
  })
  const ownId = useId()
  const id = options.id ?? ownId
  const chat = chatId ?? ''

  const host = useCommitted<MessageBoxHost>({
    ...options,
    isNote,
    isEditable: () => !disabled && access.isEditable(),
    typed: typing.keystroke,
    sent(sending) {
      // A note is no message to the recipient: it clears no bubble.
      if (!isNote) typing.sent(sending)
    },
  })
  const mode = useCommitted(submitMode)
  const isHydrating = useSyncExternalStore(never, no, yes)
  const [parts] = useState(() => {
    const initial = withFieldLineEnds(value ?? options.defaultValue ?? '')
    const box = createMessageBox(host, initial)
    const { isComposing, text } = box.field
    const enter = createEnterKey({ submitMode: mode, isComposing, send: box.send })
    const fieldRef = createFieldRef((element) => {
      for (const attach of [access.follow, box.attach, enter.follow]) attach(element)
    })
    // Only a component that reads the text renders with it.
    let isRead = false
    const snapshot = () => (isRead ? text() : '')
    const readText = () => {
      isRead = true
      return text()
    }
    return { initial, box, enter, fieldRef, snapshot, readText }
  })
  const { box, enter, snapshot } = parts

  useBrowserLayoutEffect(() => box.enter(chat, isNote, closing), [box, chat, isNote, closing])
  useBrowserLayoutEffect(() => {
    box.adopt(value == null ? null : withFieldLineEnds(value))
  }, [box, value])
  useBrowserLayoutEffect(box.refresh, [box, maxLength, countText])
  useBrowserLayoutEffect(access.refresh)

  const state = useStore(box)
  const seen = useSyncExternalStore(box.subscribe, snapshot, snapshot)
  const sends = sendsOnEnter(submitMode, useStore(enter).isCoarse)

  return useMemo(() => {
    const { box, readText } = parts
    const { send, setText, putBack, field } = box
    const known = { ...state, isDisabled, isReadOnly, send }
    return {
      ...known,
      ...createPropGetters({ ...parts, ...known, id, isHydrating, disabled, sendsOnEnter: sends }),
      get text() {
        return seen === '' ? readText() : seen
      },
      typing,
      setText,
      insertText: field.insert,
      putBack,
    }
  }, [parts, id, isHydrating, state, disabled, isDisabled, isReadOnly, sends, typing, seen])
}

function useStore<S>({ subscribe, state }: Pick<Store<S>, 'subscribe' | 'state'>): S {
  return useSyncExternalStore(subscribe, state, state)
}

const never = () => no
const no = () => false
/** A server renders like a page that takes over its markup, but only a page has fields. */
const yes = () => typeof document !== 'undefined'
