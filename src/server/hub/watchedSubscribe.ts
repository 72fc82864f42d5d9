import type { TypingStore } from './typingStore.js'

/** How long a store may take until it listens, in milliseconds. */
const patience = 10_000

/**
 * Subscribes to a store, and notices if it never begins to listen: its second connection may be refused.
 *
 * @param isLost whether the store is known to fail altogether.
 * @param onDeaf called once, until a subscription is listened to.
 */
export function createWatchedSubscribe(
  store: Pick<TypingStore, 'subscribe'>,
  isLost: () => boolean,
  onDeaf?: (error: unknown) => void,
): TypingStore['subscribe'] {
  let isDeaf = false

  return (tenant, listener, onListening) => {
    const timer: unknown = setTimeout(() => {
      if (isDeaf || isLost()) return
      isDeaf = true
      onDeaf?.(
        new Error(
          `The store has not begun to listen within ${patience / 1_000} s, so no page hears who is typing. Check that Redis allows it a second connection, and the right to SUBSCRIBE.`,
        ),
      )
    }, patience)
    ;(timer as { unref?: () => void }).unref?.()
    const unsubscribe = store.subscribe(tenant, listener, () => {
      clearTimeout(timer as number)
      isDeaf = false
      onListening?.()
    })
    return () => {
      clearTimeout(timer as number)
      unsubscribe()
    }
  }
}
