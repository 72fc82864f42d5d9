import type { Clock } from './clock.js'
import { TypingError, toTypingError } from './typingError.js'
import type { TypingFetcher, TypingRequest } from './typingFetcher.js'

/**
 * Makes one call and tells its outcome once, never in the same tick: `null` when it was accepted. A fetcher that
 * throws, rejects with anything or never settles has an outcome too.
 *
 * @returns a function that gives up the timeout, so that only the answer itself is awaited.
 */
export function carry(
  fetcher: TypingFetcher,
  request: Omit<TypingRequest, 'signal'>,
  timeout: number,
  clock: Clock,
  onSettled: (error: TypingError | null) => void,
): () => void {
  const controller = new AbortController()
  let isSettled = false
  const settle = (error: TypingError | null) => {
    if (isSettled) return
    isSettled = true
    clock.clearTimeout(timer)
    onSettled(error)
  }
  const timer = clock.setTimeout(() => {
    const error = new TypingError({ reason: 'timeout' })
    controller.abort(error)
    settle(error)
  }, timeout)
  new Promise<void>((resolve) => resolve(fetcher({ ...request, signal: controller.signal }))).then(
    () => settle(null),
    (thrown: unknown) => settle(toTypingError(thrown)),
  )
  return () => clock.clearTimeout(timer)
}
