'use client'
import { useId, useMemo, useState, useSyncExternalStore } from 'react'
import { useTypingContext } from '../typingContext.js'
import { useBrowserLayoutEffect } from '../useBrowserLayoutEffect.js'
import { useCommitted } from '../useCommitted.js'
import { useRemovalEffect } from '../useRemovalEffect.js'
import {
  type TypingIndicator,
  useTypingIndicator,
  type UseTypingIndicatorOptions,
} from '../useTypingIndicator.js'
import { createEnterKey, sendsOnEnter, type SubmitMode } from './field/enterKey.js'
import { type AccessState, createFieldAccess } from './field/fieldAccess.js'
import { withFieldLineEnds } from './field/fieldElement.js'
import { useFieldRef } from './field/fieldRef.js'
import { createMessageBox } from './message/messageBox.js'
import type { MessageBoxHost, OnSend, OnSendError, OnSendFailed } from './message/messageBoxHost.js'
import type { MessageBoxState } from './message/messageBoxState.js'
import { createPropGetters, type PropGetters } from './propGetters.js'
import type { Store } from './store.js'

export interface UseComposeBoxOptions {
  /** The chat. Without one nothing is announced and no draft is kept; messages are still sent. */
  chatId: string | null | undefined
  /**
   * Sends a message. Throwing, rejecting, or giving a response whose `ok` is false and whose `status` is 400 or more
   * means that it was not sent; everything else means that it was.
   */
  onSend: OnSend
  /**
   * Receives a text that was not sent and can't go back into its box, because someone typed on or it shows another chat.
   *
   * @default the text waits in its chat, where the box offers to put it back
   */
  onSendFailed?: OnSendFailed | null | undefined
  /** Called for every failed send, wherever its text goes. @default development prints each error once */
  onSendError?: OnSendError | null | undefined
  /** The text, if you keep it in your own state. Then the box keeps no drafts. */
  value?: string | null | undefined
  /** The first chat's text, if it has no draft. @default '' */
  defaultValue?: string | null | undefined
  /** Called whenever the text changes: by an edit, a send, a draft. */
  onValueChange?: ((text: string) => void) | null | undefined
  /** Which Enter sends. @default 'auto' */
  submitMode?: SubmitMode | null | undefined
  /** The longest message that can be sent. Nothing is ever cut off. */
  maxLength?: number | null | undefined
  /** Measures a text in the unit of `maxLength`. @default characters as people see them, up to 100,000 code units */
  countText?: ((text: string) => number) | null | undefined
  /**
   * Whether edits are announced. Turn it off for private notes: their drafts are kept apart from replies, and a box that
   * switches between the two takes its text along. To edit an old message, without a draft, pass `chatId={null}`.
   *
   * @default true
   */
  announceTyping?: boolean | null | undefined
  /** Whether a text counts as typing, for slash commands and the like. @default every text that isn't blank */
  isTypingText?: UseTypingIndicatorOptions['isTypingText'] | null
  /** Called once for each new failure of a typing call. */
  onTypingError?: UseTypingIndicatorOptions['onError'] | null
  /** Turns off writing and sending. @default false */
  disabled?: boolean | null | undefined
  /** The field's id. @default a generated one */
  id?: string | null | undefined
}

export interface ComposeBoxControls extends MessageBoxState, AccessState, PropGetters {
  /** The text. Only a component that reads it re-renders with each key. */
  readonly text: string
  /** What is known about typing in the chat. */
  readonly typing: TypingIndicator
  /** Sends the text, as Enter and the button do, if it can be sent. */
  send: () => void
  /** Replaces the text. That is no edit, so it isn't announced. */
  setText: (text: string) => void
  /** Inserts at the caret as a key would: it can be undone and counts as an edit. */
  insertText: (text: string) => void
  /** Puts unsent messages back into the field, before its text. */
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
    // Nobody can compose here.
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
      // A note doesn't reach the recipient, so it doesn't clear the bubble.
      if (!isNote) typing.sent(sending)
    },
  })
  const mode = useCommitted(submitMode)
  // A server renders what a page hydrates, but only a page has fields.
  const isMarkup = useSyncExternalStore(never, no, yes)
  const isHydrating = isMarkup && typeof document !== 'undefined'
  const [parts] = useState(() => {
    const initial = withFieldLineEnds(value ?? options.defaultValue ?? '')
    const box = createMessageBox(host, initial)
    const { isComposing, text } = box.field
    const enter = createEnterKey({ submitMode: mode, isComposing, send: box.send })
    const follow = (element: HTMLTextAreaElement | null) => {
      for (const attach of [access.follow, box.attach, enter.follow]) attach(element)
    }
    // Typing only renders a component that has read the text.
    let isRead = false
    const snapshot = () => (isRead ? text() : '')
    const readText = () => {
      isRead = true
      return text()
    }
    return { initial, box, enter, follow, snapshot, readText }
  })
  const fieldRef = useFieldRef(parts.follow)
  const { box, enter, snapshot } = parts

  useRemovalEffect(() => box.close, [box])
  useBrowserLayoutEffect(() => box.enter(chat, isNote, closing), [box, chat, isNote, closing])
  useBrowserLayoutEffect(() => {
    box.adopt(value == null ? null : withFieldLineEnds(value))
  }, [box, value])
  useBrowserLayoutEffect(box.refresh, [box, maxLength, countText])
  useBrowserLayoutEffect(access.refresh)

  const known = useStore(box)
  // Another language formats numbers differently, and another engine counts characters differently. If the server's markup
  // differed from the page's, React would throw the field away, with everything typed in it.
  const state = useMemo(
    () => (isMarkup ? { ...known, remaining: null, isOverLimit: false } : known),
    [isMarkup, known],
  )
  const seen = useSyncExternalStore(box.subscribe, snapshot, snapshot)
  const sends = sendsOnEnter(submitMode, useStore(enter).isCoarse)

  return useMemo(() => {
    const { box, readText } = parts
    const { send, setText, putBack, field } = box
    const shown = { ...state, isDisabled, isReadOnly, send }
    return {
      ...shown,
      ...createPropGetters({ ...parts, ...shown, fieldRef, id, isHydrating, disabled, sendsOnEnter: sends }),
      get text() {
        return seen === '' ? readText() : seen
      },
      typing,
      setText,
      insertText: field.insert,
      putBack,
    }
  }, [parts, fieldRef, id, isHydrating, state, disabled, isDisabled, isReadOnly, sends, typing, seen])
}

function useStore<S>({ subscribe, state }: Pick<Store<S>, 'subscribe' | 'state'>): S {
  return useSyncExternalStore(subscribe, state, state)
}

const never = () => no
const no = () => false
const yes = () => true
