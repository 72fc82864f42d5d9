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
import { createCoarsePointer } from './coarsePointer.js'
import { createFieldRef } from './createFieldRef.js'
import { createEnterKey } from './enterKey.js'
import { type AccessState, createFieldAccess } from './fieldAccess.js'
import { withFieldLineEnds } from './lineEnds.js'
import { createMessageBox, type MessageBoxHost, type OnSendFailed } from './messageBox.js'
import type { MessageBoxState } from './messageBoxState.js'
import type { OnSend } from './outgoing.js'
import { createPropGetters, type PropGetters } from './propGetters.js'
import { sendsOnEnter, type SubmitMode } from './submitMode.js'
import { createTrackedText } from './trackedText.js'

export interface UseComposeBoxOptions {
  /** Which chat is written in; without one nothing is announced, no draft is kept, and messages are still sent. */
  chatId: string | null | undefined
  /** Sends a message. Returning or resolving means that it was sent, throwing or rejecting that it was not. */
  onSend: OnSend
  /**
   * Takes a text that was not sent and can't go back into the box: someone typed on there, or switched chats.
   *
   * @default it waits beside the box, to be put back
   */
  onSendFailed?: OnSendFailed | undefined
  /** The text, where the host keeps it; then there are no drafts. */
  value?: string | undefined
  /** The text of the first chat shown, where there is no draft of it. @default '' */
  defaultValue?: string | undefined
  /** Told of each change of the text, whatever made it: an edit, a send, a draft. */
  onValueChange?: ((text: string) => void) | undefined
  /** Which Enter sends. @default 'auto' */
  submitMode?: SubmitMode | undefined
  /** How long a message may be. Nothing is ever cut: a longer one can't be sent. */
  maxLength?: number | undefined
  /** How long a text is, in the unit of `maxLength`. @default characters as people see them */
  countText?: ((text: string) => number) | undefined
  /**
   * Whether edits are announced: off for private notes and edits of old messages. Drafts are shared by chat all the same:
   * a box of their own needs a `chatId` of its own (`note:…`), or none.
   *
   * @default true
   */
  announceTyping?: boolean | undefined
  /** Whether a text that can be seen counts as typing. @default all of them */
  isTypingText?: UseTypingIndicatorOptions['isTypingText']
  /** Told once of each new failure of a typing call. */
  onTypingError?: UseTypingIndicatorOptions['onError']
  /** Whether nothing can be written or sent. @default false */
  disabled?: boolean | undefined
  /** The id of the field. @default one of its own */
  id?: string | undefined
}

export interface ComposeBoxControls extends MessageBoxState, AccessState, PropGetters {
  /** What is written. Only a component that reads it renders with each key. */
  readonly text: string
  /** What is known of typing in the chat. */
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

/** How a message box behaves (input methods, Enter, sending, drafts, limits), for markup of your own. */
export function useComposeBox(options: UseComposeBoxOptions): ComposeBoxControls {
  const { chatId, value, defaultValue, submitMode = 'auto', disabled = false } = options
  const { isTypingText, onTypingError, announceTyping = true, maxLength, countText } = options
  const { drafts } = useTypingContext('useComposeBox')
  const [access] = useState(createFieldAccess)
  const { isDisabled: isFieldDisabled, isReadOnly } = useSyncExternalStore(
    access.subscribe,
    access.state,
    access.state,
  )
  const isDisabled = disabled || isFieldDisabled
  const typing = useTypingIndicator(chatId, {
    // Nobody composes where nothing can be written.
    enabled: announceTyping && !isDisabled && !isReadOnly,
    isTypingText,
    onError: onTypingError,
  })
  const [pointer] = useState(createCoarsePointer)
  const isCoarse = useSyncExternalStore(pointer.subscribe, pointer.isCoarse, no)
  const ownId = useId()
  const id = options.id ?? ownId
  const chat = chatId ?? ''

  const host = useCommitted<MessageBoxHost>({
    ...options,
    isEditable: () => !disabled && access.isEditable(),
    typed: typing.keystroke,
    sent(sending) {
      // A note is no message to the recipient: it clears no bubble.
      if (announceTyping) typing.sent(sending)
    },
  })
  const mode = useCommitted(submitMode)
  const [initial] = useState(() => withFieldLineEnds(value ?? defaultValue ?? ''))
  const isHydrating = useSyncExternalStore(never, no, yes)
  const [box] = useState(() => createMessageBox(host, initial))
  const [text] = useState(() => createTrackedText(box.field.text))
  const [enter] = useState(() =>
    createEnterKey({
      submitMode: mode,
      isCoarse: pointer.isCoarse,
      isComposing: box.field.isComposing,
      send: box.send,
    }),
  )
  const [fieldRef] = useState(() =>
    createFieldRef((element) => {
      access.follow(element)
      pointer.follow(element)
      box.attach(element)
      enter.follow(element)
    }),
  )

  useBrowserLayoutEffect(() => box.enter(chat, drafts), [box, chat, drafts])
  useBrowserLayoutEffect(() => {
    if (value !== undefined) box.adopt(withFieldLineEnds(value))
  }, [box, value])
  useBrowserLayoutEffect(box.look, [box, maxLength, countText])
  useBrowserLayoutEffect(access.look)

  const state = useSyncExternalStore(box.subscribe, box.state, box.state)
  const seen = useSyncExternalStore(box.subscribe, text.snapshot, text.snapshot)
  const sends = sendsOnEnter(submitMode, isCoarse)

  return useMemo(() => {
    const { send, setText, putBack, field } = box
    const props = { id, initial, isHydrating, state, disabled, isDisabled, isReadOnly, enter, send, fieldRef }
    return {
      ...state,
      isDisabled,
      isReadOnly,
      ...createPropGetters({ ...props, sendsOnEnter: sends }),
      get text() {
        return seen === '' ? text.read() : seen
      },
      typing,
      send,
      setText,
      insertText: field.insert,
      putBack,
    }
  }, [
    box,
    id,
    initial,
    isHydrating,
    state,
    disabled,
    isDisabled,
    isReadOnly,
    sends,
    enter,
    fieldRef,
    typing,
    text,
    seen,
  ])
}

const never = () => no
const no = () => false
/** A server renders like a page that takes over its markup, but only a page has fields. */
const yes = () => typeof document !== 'undefined'
