/** A signal that fires after a timeout, unless it is ended first. */
export interface CallTime {
  readonly signal: AbortSignal
  readonly end: () => void
}

/**
 * Starts a call's timeout.
 *
 * @param milliseconds 0 or less fires at once.
 * @param client also fires it, with the same reason, when the page goes away.
 */
export function startTime(milliseconds: number, client?: AbortSignal): CallTime {
  const controller = new AbortController()
  const abort = () => controller.abort(client?.reason)
  const timer = setTimeout(abort, milliseconds)
  if (milliseconds <= 0 || client?.aborted === true) abort()
  else client?.addEventListener('abort', abort)
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer)
      client?.removeEventListener('abort', abort)
    },
  }
}
