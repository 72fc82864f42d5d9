import type { Clock } from './clock.js'
import { TypingError, toTypingError } from './typingError.js'
import type { TypingFetcher, TypingRequest } from './typingFetcher.js'

/**
 * Makes one call and tells its outcome once, never in the same tick: `null` when it was accepted. A fetcher that
 * throws, rejects with anything or never settles has an outcome too.
 *
 * @returns what gives up the timeout, so that only the answer itself is awaited, and what sets it anew.
 */
export function carry(
  fetcher: TypingFetcher,
  request: Omit<TypingRequest, 'signal'>,
  timeout: number,
  clock: Clock,
  onSettled: (error: TypingError | null) => void,
): { stopTimeout: () => void; startTimeout: () => void } {
  const controller = new AbortController()
  let isSettled = false
  let timer: unknown
  const stopTimeout = () => clock.clearTimeout(timer)
  const settle = (error: TypingError | null) => {
    if (isSettled) return
    isSettled = true
    stopTimeout()
    onSettled(error)
  }
  const startTimeout = () => {
    stopTimeout()
    if (isSettled) return
    timer = clock.setTimeout(() => {
      const error = new TypingError({ reason: 'timeout' })
      controller.abort(error)
      settle(error)
    }, timeout)
  }
  startTimeout()
  new Promise<void>((resolve) => resolve(fetcher({ ...request, signal: controller.signal }))).then(
    () => settle(null),
    (thrown: unknown) => settle(toTypingError(thrown)),
  )
  return { stopTimeout, startTimeout }
}
