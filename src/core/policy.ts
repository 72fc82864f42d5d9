/** How long things last. */
export interface TypingPolicy {
  /** How long the bubble is sure to last after a start, in ms. */
  readonly minLifetime: number
  /** The longest that the bubble may last after a start, in ms. */
  readonly maxLifetime: number
  /** How old the last start must be before an edit sends another, in ms. */
  readonly refreshInterval: number
  /** How long after the last edit someone still counts as composing, in ms. */
  readonly idleTimeout: number
  /** How long an accepted message may take to arrive and clear the bubble, in ms. */
  readonly deliveryWindow: number
  /** How long to wait for an answer, in ms. */
  readonly timeout: number
}

/** The longest that a timer can wait, in ms. One set to more fires at once. */
const longest = 2 ** 31 - 1
const bound = `of milliseconds, at most ${longest}`

/**
 * Checks a policy and freezes it.
 *
 * @throws RangeError that says which rule the policy breaks.
 */
export function definePolicy(policy: TypingPolicy): TypingPolicy {
  const { minLifetime, maxLifetime, refreshInterval, idleTimeout, deliveryWindow, timeout } = policy
  for (const [name, value] of Object.entries({
    minLifetime,
    maxLifetime,
    refreshInterval,
    idleTimeout,
    timeout,
  }))
    if (!isWithin(value, Number.MIN_VALUE)) reject(`${name} must be a positive number ${bound}`, policy)
  if (!isWithin(deliveryWindow, 0))
    reject(`deliveryWindow must be zero or a positive number ${bound}`, policy)
  if (minLifetime > maxLifetime) reject('minLifetime must be at most maxLifetime', policy)
  if (refreshInterval + idleTimeout >= minLifetime)
    reject(
      'refreshInterval + idleTimeout must be less than minLifetime, with a round trip to spare, or the bubble goes off between two edits',
      policy,
    )
  if (timeout >= refreshInterval)
    reject('timeout must be less than refreshInterval, or an unanswered start holds up the next', policy)
  return Object.freeze({ minLifetime, maxLifetime, refreshInterval, idleTimeout, deliveryWindow, timeout })
}

/** A number in a text, such as an environment variable's, would be joined where it is added. */
function isWithin(value: unknown, shortest: number): boolean {
  return typeof value === 'number' && value >= shortest && value <= longest
}

function reject(rule: string, policy: TypingPolicy): never {
  throw new RangeError(`This typing policy can't work: ${rule}. Given: ${JSON.stringify(policy)}.`)
}
