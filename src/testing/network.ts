import type { LinqClock } from './clock.js'
import type { LinqCall } from './call.js'

/** Decides what becomes of a call, when it is sent; `undefined` is a journey without delay to the truth. */
export type LinqNetwork = (call: LinqCall) => LinqJourney | undefined

/** What becomes of one call on its way to Linq and back. */
export interface LinqJourney {
  /** The way up, at whose end the call takes effect. @default 0 */
  up?: LinqLeg | undefined
  /** The way down, at whose end the client has its answer. @default 0 */
  down?: LinqLeg | undefined
  /** What Linq says instead of the truth. */
  answer?: LinqAnswer | undefined
}

/**
 * One way of a journey: its length in ms; a promise that holds the call until it settles, either way; `'lost'`, where
 * the call vanishes and the client waits until it aborts; or `'reset'`, where the connection breaks.
 */
export type LinqLeg = number | PromiseLike<unknown> | 'lost' | 'reset'

/** An answer of Linq, or of a gateway before it. */
export interface LinqAnswer {
  /** The HTTP status, 200 to 599. */
  status: number
  /** Linq's error code for the envelope; left out, the envelope has none. */
  code?: number | undefined
  /** `Retry-After` as it stands in the header, and in the envelope too where it is a number, in seconds. */
  retryAfter?: number | string | undefined
  /** A raw body instead of the envelope: HTML, nothing (`''`), the old API's shapes. */
  body?: string | undefined
  /** Further headers, which win over the usual ones. */
  headers?: Record<string, string> | undefined
  /** Whether the call took effect all the same. @default false */
  landed?: boolean | undefined
}

/** Goes one way, and calls `arrive` or `broken` at its end, at once where nothing delays it; returns how to give it up. */
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
