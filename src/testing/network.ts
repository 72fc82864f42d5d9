import type { LinqClock } from './clock.js'
import type { LinqCall } from './call.js'

/** Decides what happens to a call when it is sent; `undefined` means no delay, and Linq's real answer. */
export type LinqNetwork = (call: LinqCall) => LinqJourney | undefined

/** What happens to one call on its way to Linq and back. */
export interface LinqJourney {
  /** The way up. At its end the call takes effect. @default 0 */
  up?: LinqLeg | undefined
  /** The way down. At its end the client has its answer. @default 0 */
  down?: LinqLeg | undefined
  /** What Linq answers instead of its real answer. */
  answer?: LinqAnswer | undefined
}

/**
 * One way of a journey: a number is how long it takes, in ms; a promise holds the call until it settles, either way; with
 * `'lost'` the call vanishes, and the client waits until it aborts; with `'reset'` the connection breaks.
 */
export type LinqLeg = number | PromiseLike<unknown> | 'lost' | 'reset'

/** An answer from Linq, or from a gateway in front of it. */
export interface LinqAnswer {
  /** The HTTP status, 200 to 599. */
  status: number
  /** Linq's error code in the envelope. If left out, the envelope has none. */
  code?: number | undefined
  /** The `Retry-After` header. A number, in seconds, goes into the envelope too. */
  retryAfter?: number | string | undefined
  /** A raw body instead of the envelope: HTML, nothing (`''`), the old API's shapes. */
  body?: string | undefined
  /** More headers. They win over the usual ones. */
  headers?: Record<string, string> | undefined
  /** Whether the call took effect anyway. @default false */
  landed?: boolean | undefined
}

/**
 * Goes one way, and calls `arrive` or `broken` at its end, immediately if nothing delays it.
 *
 * @returns a function that gives it up.
 */
export function travel(
  leg: LinqLeg | undefined,
  clock: LinqClock,
  arrive: () => void,
  broken: () => void,
): () => void {
  let isGivenUp = false
  const unlessGivenUp = (end: () => void) => () => {
    if (!isGivenUp) end()
  }
  let timer: { handle: unknown } | undefined

  if (leg === 'reset') broken()
  else if (typeof leg === 'object') void leg.then(unlessGivenUp(arrive), unlessGivenUp(arrive))
  else if (typeof leg === 'number' && leg > 0)
    timer = { handle: clock.setTimeout(unlessGivenUp(arrive), leg) }
  else if (leg !== 'lost') arrive()

  return () => {
    isGivenUp = true
    if (timer) clock.clearTimeout(timer.handle)
  }
}
