'use client'
import { useCallback, useSyncExternalStore } from 'react'
import { chatIdOf } from '../chatIdOf.js'
import { useTypingContext } from '../typingContext.js'
import { type AgentTyping, incomingStoreOf, nobody, type RecipientTyping } from './incomingStore.js'

/**
 * Whether the recipient is typing in a chat, as the provider's `feed` reports.
 *
 * ```tsx
 * const { isTyping, since } = useRecipientTyping(chat.id)
 * ```
 *
 * @param chatId without one, nobody is typing.
 */
export function useRecipientTyping(chatId: string | null | undefined): RecipientTyping {
  return useIncoming('useRecipientTyping', chatId, 'recipient')
}

/**
 * Which colleagues are typing in a chat, as the provider's `feed` reports. Whoever began first comes first. The feed leaves
 * out this page's own user.
 *
 * @param chatId without one, nobody is typing.
 */
export function useAgentsTyping(chatId: string | null | undefined): readonly AgentTyping[] {
  return useIncoming('useAgentsTyping', chatId, 'agents')
}

function useIncoming<Part extends 'recipient' | 'agents'>(
  caller: string,
  chatId: string | null | undefined,
  part: Part,
): (typeof nobody)[Part] {
  const { feed } = useTypingContext(caller)
  const store = incomingStoreOf(feed)
  const id = chatIdOf(chatId).toLowerCase()
  return useSyncExternalStore(
    useCallback((listener) => (id === '' ? () => undefined : store.subscribe(id, listener)), [store, id]),
    () => store.view(id)[part],
    () => nobody[part],
  )
}
