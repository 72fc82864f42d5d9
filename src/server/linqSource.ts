import type { LinqTypingClient } from './linqClient.js'

/** A Linq client, or a function that makes one when it is first needed. */
export type LinqSource = LinqTypingClient | (() => LinqTypingClient | Promise<LinqTypingClient>)

/** How long a client that is being made is waited for before another one is made, in milliseconds. */
const patience = 15_000

/**
 * Makes a function that returns the client, which is made once, unless that fails.
 *
 * @throws TypeError if this can't be a client. What a function returns is checked when it is first needed.
 */
export function createLinqSource(
  linq: unknown,
  user: string,
): () => LinqTypingClient | Promise<LinqTypingClient> {
  if (typeof linq !== 'function' || isClass(linq)) {
    const client = checked(linq, user)
    return () => client
  }
  let made: LinqTypingClient | undefined
  let making: { client: Promise<LinqTypingClient>; endsAt: number } | undefined

  async function make(): Promise<LinqTypingClient> {
    return (made = checked(await (linq as () => unknown)(), user))
  }

  return async () => {
    if (made !== undefined) return made
    const now = performance.now()
    // On Workers, when a request ends, what it waited for ends too, without a word.
    if (making === undefined || making.endsAt <= now) {
      making = { client: make(), endsAt: now + patience }
      making.client.catch(() => (making = undefined))
    }
    return making.client
  }
}

/** Whether a function has to be called with `new`: a class, or what a compiler makes of one. */
function isClass(made: object): boolean {
  const { prototype } = made as { prototype?: unknown }
  return (
    /^class\b/.test(Function.prototype.toString.call(made)) ||
    (typeof prototype === 'object' && prototype !== null && Object.getOwnPropertyNames(prototype).length > 1)
  )
}

function checked(linq: unknown, user: string): LinqTypingClient {
  const typing = (linq as Partial<LinqTypingClient> | null | undefined)?.chats?.typing as
    Partial<LinqTypingClient['chats']['typing']> | undefined
  if (typeof typing?.start === 'function' && typeof typing.stop === 'function')
    return linq as LinqTypingClient
  throw new TypeError(
    `${user} needs linq: the official client, or anything with chats.typing.start and stop. It got ${describe(linq)}. Pass new LinqAPIV3(), or () => new LinqAPIV3() if the token is not known at build time.`,
  )
}

/** Describes a value without quoting it: it may be the token. */
function describe(linq: unknown): string {
  if (linq == null) return String(linq)
  if (typeof linq === 'function') return 'a class'
  return typeof linq === 'object' ? 'an object without them' : `a ${typeof linq}`
}
