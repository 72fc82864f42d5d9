import type { OnTypingServerEvent } from './events.js'
import { checkHub, type TypingHub } from './hub/typingHub.js'
import type { TypingVerdict } from './identity.js'
import type { LinqSource } from './linqSource.js'
import type { AllowedOrigins } from './pageOrigin.js'

/** What a proxy needs to know. */
export interface TypingProxyOptions {
  /**
   * The official client, or anything of the same shape. It holds the token and makes the whole upstream request. A function
   * is called when the client is first needed: `() => new LinqAPIV3()` lets an app be built without a token.
   */
  linq: LinqSource
  /**
   * Whether the user behind this request may act in this chat. `false` answers 404, whether the chat is unknown or somebody
   * else's; `'unauthorized'` answers 401; `true`, or `{ actor, name?, tenant? }` to say who it is, lets the call through. If
   * it throws or returns anything else, the answer is 500. If it takes longer than `timeout`, the answer is 504.
   */
  authorize: (request: Request, chatId: string) => TypingVerdict | Promise<TypingVerdict>
  /**
   * Lets several people type in one chat: the last one to stop turns off the bubble. It has to tell them apart, so
   * `authorize` has to return an actor. @default each stop ends the bubble
   */
  hub?: TypingHub | null | undefined
  /**
   * Other origins whose pages may call, such as `['https://app.example.com']`, or a function that returns `true` for them.
   * @default only the server's own
   */
  allowedOrigins?: AllowedOrigins | null | undefined
  /**
   * Whether the server in front of this one sets `X-Forwarded-Host`, so that the header can be trusted to name the
   * host that the browser called. @default false: the `Host` header names it
   */
  trustForwardedHost?: boolean | null | undefined
  /**
   * How long a call may take from its arrival, in whole milliseconds. A start that isn't authorized within that time is
   * not made. @default 5_000
   */
  timeout?: number | null | undefined
  /**
   * Whether to ask Linq which service a chat is on, with one `GET` per chat every ten minutes. Starts in SMS and RCS chats,
   * which show no bubble, then cost no call. @default false
   */
  knowsService?: boolean | null | undefined
  /**
   * Called for every failed call to Linq, with a `TypingError` whose cause is what the client threw; for whatever
   * `authorize` throws; and, once a minute, for callers refused for their origin. Use it for your log. A start whose
   * client went away is not a failure. @default nothing is printed
   */
  onError?: ((error: unknown, request: Request) => unknown) | null | undefined
  /** Called with each event, for a logger or OpenTelemetry. @default nothing */
  onEvent?: OnTypingServerEvent | null | undefined
}

/** In milliseconds. */
export const usualTimeout = 5_000

/** Checks what can be checked before the first call. */
export function checkOptions(options: Partial<TypingProxyOptions> | null | undefined): void {
  const { authorize, hub } = options ?? {}
  const timeout = options?.timeout ?? usualTimeout
  if (typeof authorize !== 'function')
    throw new TypeError(
      "createTypingProxy needs authorize(request, chatId): without it anybody could type in any chat of your Linq account. Pass a function that returns true if this request's user may act in the chat, false if not, and 'unauthorized' if nobody is signed in.",
    )
  if (!Number.isInteger(timeout) || timeout <= 0 || timeout >= 2 ** 31)
    throw new TypeError(
      `createTypingProxy cannot wait for ${timeout} ms: a timer needs a whole number of milliseconds, from 1 to 2147483647. Pass a timeout such as 5_000.`,
    )
  if (options !== null && options !== undefined && 'origins' in options)
    throw new TypeError(
      'createTypingProxy has no option called origins any more. It is now called allowedOrigins.',
    )
  checkHub(hub, 'createTypingProxy')
}
