'use client'
import { type SyntheticEvent, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { isBlank } from '../core/isBlank.js'
import { runSafely } from '../core/runSafely.js'
import type { TypingSessions } from '../core/sessions.js'
import type { TypingError } from '../core/typingError.js'
import type { TypingInput } from '../core/typingInput.js'
import { idleState, type TypingState } from '../core/typingState.js'
import { chatIdOf } from './chatIdOf.js'
import { countsAsEdit } from './countsAsEdit.js'
import { editedField, isInside, textOf } from './editedField.js'
import { createEarlySends, type EarlySends } from './earlySends.js'
import { createMissingChat } from './missingChat.js'
import { useTypingContext } from './typingContext.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'
import { useCommitted } from './useCommitted.js'
import { createWindowWatch } from './watchPage.js'

export interface UseTypingIndicatorOptions {
  /** Whether edits here are announced: off for private notes and edits of old messages. @default true */
  enabled?: boolean | null | undefined
  /** Whether a text counts as typing. Not called for blank texts, or if the text is unknown. @default always */
  isTypingText?: ((text: string) => boolean) | null | undefined
  /** Called once for each new failure. */
  onError?: ((error: TypingError) => void) | null | undefined
}

export interface TypingIndicator extends TypingState {
  /** Spread them on a `<textarea>` or `<input>`, or on an element around one. They count every edit, however it was made. */
  inputProps: { onInput: (event: SyntheticEvent) => void }
  /** For editors without DOM input events: call it on each edit, with the text if you have it, or `false` if none is left. */
  keystroke: (text?: string | boolean | null) => void
  /**
   * Call it when the message leaves. Pass the send's promise, so that a failed send is noticed; handling it is up
   * to you. Don't pass a lazy query that runs again each time it is awaited.
   */
  sent: (sending?: PromiseLike<unknown> | null) => void
  /** Ends the bubble now, whatever is being composed in this chat. */
  stop: () => void
  /** Forgets this chat's refusals, waits and errors, and that the caller was unauthorized. */
  reset: () => void
}

/**
 * Announces that someone is composing in a chat.
 *
 * ```tsx
 * const typing = useTypingIndicator(chat.id)
 * <textarea {...typing.inputProps} />
 * ```
 *
 * @param chatId without one, nothing is sent.
 */
export function useTypingIndicator(
  chatId: string | null | undefined,
  options?: UseTypingIndicatorOptions | null,
): TypingIndicator {
  const { sessions, isEnabled, leftBehind } = useTypingContext('useTypingIndicator')
  const committed = useCommitted(options ?? {})
  const [place] = useState(() => createPlace(committed))
  const enabled = isEnabled && options?.enabled !== false
  const id = chatIdOf(chatId)

  useBrowserLayoutEffect(() => place.enter(leftBehind), [place, leftBehind])
  // Before anyone can type into the new chat.
  useBrowserLayoutEffect(
    () => (id === '' ? undefined : place.join(sessions, id, leftBehind)),
    [place, sessions, id, leftBehind],
  )
  useBrowserLayoutEffect(() => place.setEnabled(enabled), [place, sessions, id, enabled])
  useEffect(() => place.settle(), [place, sessions, id])

  const state = useSyncExternalStore(
    useCallback((listener) => sessions.subscribe(id, listener), [sessions, id]),
    () => sessions.state(id),
    () => idleState,
  )
  return useMemo(() => ({ ...state, ...place.controls }), [state, place])
}

/** One hook on the page: joins the session of whichever chat it shows. */
interface Place {
  /** @returns a function that leaves its early messages to the next chat that is joined, wherever that is. */
  enter: (leftBehind: Set<EarlySends>) => () => void
  join: (sessions: TypingSessions, chatId: string, leftBehind: Set<EarlySends>) => () => void
  /** Until this runs, `stop` concerns the chat before: an effect's cleanup may call it when that chat is already left. */
  settle: () => () => void
  setEnabled: (isEnabled: boolean) => void
  controls: Omit<TypingIndicator, keyof TypingState>
}

type Chat = Pick<TypingIndicator, 'stop' | 'reset'> & Pick<TypingInput, 'sent'>

function createPlace(committed: { readonly current: UseTypingIndicatorOptions }): Place {
  let input: TypingInput | null = null
  let chat: Chat | null = null
  let settled: Chat | null = null
  /** The chat in which this was unmounted: what is said to be sent later left there. */
  let last: Chat | null = null
  let isEnabled = true
  const early = createEarlySends()
  const missing = process.env.NODE_ENV === 'production' ? null : createMissingChat()

  const isTyping = (text: string) =>
    !isBlank(text) && runSafely(() => committed.current.isTypingText?.(text) !== false) === true
  const count = (hasText: boolean) => {
    input?.keystroke(hasText)
    if (input === null && hasText && isEnabled) missing?.typedInto()
  }
  const watchWindow = createWindowWatch(() => count(false))
  return {
    enter(leftBehind) {
      leftBehind.delete(early)
      last = null
      return () => {
        leftBehind.add(early)
        last = chat
      }
    },
    join(sessions, chatId, leftBehind) {
      const joined = sessions.join(chatId, { onError: (error) => committed.current.onError?.(error) })
      input = joined
      // A chat that was left acts only for somebody who is in it.
      chat = {
        sent: (sending) => sessions.visit(chatId, (guest) => guest.sent(sending)),
        stop: () => sessions.visit(chatId, () => sessions.stop(chatId)),
        reset: () => sessions.reset(chatId),
      }
      missing?.found()
      for (const { take } of [early, ...leftBehind]) for (const sending of take()) joined.sent(sending)
      leftBehind.clear()
      return () => {
        input = chat = null
        watchWindow(null)
        joined.leave()
      }
    },
    settle() {
      const mine = (settled = chat)
      return () =>
        queueMicrotask(() => {
          if (settled === mine) settled = null
        })
    },
    setEnabled(enabled) {
      isEnabled = enabled
      input?.setEnabled(enabled)
    },
    controls: {
      keystroke: (text) => count(typeof text === 'string' ? isTyping(text) : text !== false),
      sent: (sending) => (input ?? last ?? early).sent(sending ?? undefined),
      stop: () => (settled ?? chat)?.stop(),
      reset: () => chat?.reset(),
      inputProps: {
        // Some kits pass on the native event, or something like one.
        onInput: (event) =>
          runSafely(() => {
            const { currentTarget } = event
            const native = (event as Partial<SyntheticEvent>).nativeEvent ?? (event as unknown as Event)
            const field = isInside(currentTarget, native) ? editedField(native) : null
            if (field === null) return
            const text = textOf(field)
            const hasText = text === undefined || isTyping(text)
            if (input !== null) watchWindow(field)
            if (!hasText || countsAsEdit(native)) count(hasText)
          }),
      },
    },
  }
}
