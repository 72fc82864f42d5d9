'use client'
import { type SyntheticEvent, useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { report } from '../core/report.js'
import type { TypingSessions } from '../core/sessions.js'
import type { TypingError } from '../core/typingError.js'
import type { TypingInput } from '../core/typingInput.js'
import { idleState, type TypingState } from '../core/typingState.js'
import { isBlank } from '../core/typingInput.js'
import { countsAsEdit } from './countsAsEdit.js'
import { editedField, textOf } from './editedField.js'
import { createMissingChat } from './missingChat.js'
import { useTypingContext } from './typingContext.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'
import { useCommitted } from './useCommitted.js'

export interface UseTypingIndicatorOptions {
  /** Whether edits here are announced: off for private notes and edits of old messages. @default true */
  enabled?: boolean | null | undefined
  /** Whether a text that can be seen counts as typing, where the text is at hand. @default all of them */
  isTypingText?: ((text: string) => boolean) | null | undefined
  /** Told once of each new failure. */
  onError?: ((error: TypingError) => void) | null | undefined
}

export interface TypingIndicator extends TypingState {
  /** Spread on a `<textarea>` or `<input>`, or on an element around one: counts its edits, whatever made them. */
  inputProps: { onInput: (event: SyntheticEvent) => void }
  /** Counts an edit, for editors without a DOM input event: tell its text, or `false` when no text is left. */
  keystroke: (text?: string | boolean | null) => void
  /**
   * Says that the message left. Its promise tells a failed send from a delivered one; it stays yours to handle. Pass a
   * promise: a query that runs whenever it is awaited would run for this too.
   */
  sent: (sending?: PromiseLike<unknown> | null) => void
  /** Whatever is being composed in this chat, its bubble ends now. */
  stop: () => void
  /** Forgets refusals, waits and errors of this chat, and an unauthorized caller. */
  reset: () => void
}

/**
 * Announces that someone composes in a chat.
 *
 * @param chatId without one nothing is sent.
 */
export function useTypingIndicator(
  chatId: string | null | undefined,
  options?: UseTypingIndicatorOptions | null,
): TypingIndicator {
  const { sessions, isEnabled } = useTypingContext('useTypingIndicator')
  const committed = useCommitted(options ?? {})
  const [place] = useState(() => createPlace(committed))
  const enabled = isEnabled && options?.enabled !== false
  const id = chatId ?? ''

  // Before anyone can type into what was committed.
  useBrowserLayoutEffect(() => (id === '' ? undefined : place.join(sessions, id)), [place, sessions, id])
  useBrowserLayoutEffect(() => place.setEnabled(enabled), [place, sessions, id, enabled])

  const state = useSyncExternalStore(
    useCallback((listener) => sessions.subscribe(id, listener), [sessions, id]),
    () => sessions.state(id),
    () => idleState,
  )
  return useMemo(() => ({ ...state, ...place.controls }), [state, place])
}

/** The place of one hook in the page: it joins the session of whatever chat it shows. */
interface Place {
  join: (sessions: TypingSessions, chatId: string) => () => void
  setEnabled: (isEnabled: boolean) => void
  controls: Omit<TypingIndicator, keyof TypingState>
}

function createPlace(committed: { readonly current: UseTypingIndicatorOptions }): Place {
  let input: TypingInput | null = null
  let chat: { stop: () => void; reset: () => void } | null = null
  let isEnabled = true
  const missing = process.env.NODE_ENV === 'production' ? null : createMissingChat()

  const isTyping = (text: string) =>
    !isBlank(text) && report(() => committed.current.isTypingText?.(text) !== false) === true
  const count = (hasText: boolean) => {
    input?.keystroke(hasText)
    if (input === null && hasText && isEnabled) missing?.typedInto()
  }
  return {
    join(sessions, chatId) {
      const joined = sessions.join(chatId, { onError: (error) => committed.current.onError?.(error) })
      input = joined
      chat = { stop: () => sessions.stop(chatId), reset: () => sessions.reset(chatId) }
      missing?.found()
      return () => {
        input = chat = null
        joined.leave()
      }
    },
    setEnabled(enabled) {
      isEnabled = enabled
      input?.setEnabled(enabled)
    },
    controls: {
      keystroke: (text) => count(typeof text === 'string' ? isTyping(text) : text !== false),
      sent: (sending) => input?.sent(sending ?? undefined),
      stop: () => chat?.stop(),
      reset: () => chat?.reset(),
      inputProps: {
        onInput({ nativeEvent }) {
          const field = editedField(nativeEvent)
          if (field === null) return
          const text = textOf(field)
          const hasText = text === undefined || isTyping(text)
          if (!hasText || countsAsEdit(nativeEvent)) count(hasText)
        },
      },
    },
  }
}
