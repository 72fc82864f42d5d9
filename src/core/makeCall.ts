import { isRefused } from './sending.js'
import type { SessionWorld } from './sessionWorld.js'
import { TypingError } from './typingError.js'
import type { TypingRequest } from './typingFetcher.js'

/**
 * Makes one call and reports its outcome once, never in the same tick: `null` if it was accepted. A fetcher that
 * throws, rejects with anything or never settles has an outcome too.
 *
 * @param timeout milliseconds.
 * @returns functions that stop the timeout, so that only the answer can end the call, and start it again.
 */
export function makeCall(
  { fetcher, read }: Pick<SessionWorld, 'fetcher' | 'read'>,
  request: Omit<TypingRequest, 'signal'>,
  timeout: number,
  onSettled: (error: TypingError | null) => void,
): { stopTimeout: () => void; startTimeout: () => void } {
  const controller = new AbortController()
  let isSettled = false
  // Older engines don't keep a signal's reason.
  let late: TypingError | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stopTimeout = () => clearTimeout(timer)
  const settle = (error: TypingError | null) => {
    if (isSettled) return
    isSettled = true
    stopTimeout()
    onSettled(error)
  }
  const startTimeout = () => {
    stopTimeout()
    if (isSettled) return
    timer = setTimeout(() => {
      const error = (late = read(new TypingError({ reason: 'timeout' })))
      controller.abort(error)
      // A fetcher that was still reading a refusal may now say what it knows of it. One that resolves has only obeyed its signal.
      void microtasks(20).then(() => settle(error))
    }, timeout)
  }
  startTimeout()
  new Promise<unknown>((resolve) => resolve(fetcher({ ...request, signal: controller.signal }))).then(
    (answer) => settle(late ?? (isRefused(answer) ? read(answer) : null)),
    (thrown: unknown) => {
      const error = read(thrown)
      const isAnswer = error.status !== undefined
      settle(isAnswer ? error : (late ?? error))
    },
  )
  return { stopTimeout, startTimeout }
}

async function microtasks(count: number): Promise<void> {
  for (let passed = 0; passed < count; passed++) await Promise.resolve()
}
