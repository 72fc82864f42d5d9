import type { OnTypingServerEvent } from './events.js'
import { checkHub, type TypingHub } from './hub/typingHub.js'
import type { TypingVerdict } from './identity.js'
import type { LinqSource } from './linqSource.js'
import type { AllowedOrigins } from './pageOrigin.js'

/** What a proxy needs to know. */
export interface TypingProxyOptions {
  /**
   * The official client, or anything of its shape. It holds the token, and makes the whole upstream request. As a
   * function it is called when first needed: `() => new LinqAPIV3()` lets an app be built without a key.
   */
  linq: LinqSource
  /**
   * Whether the user behind this request may act in this chat. `false` answers 404 for unknown and foreign chats alike,
   * `'unauthorized'` answers 401; `true`, or `{ actor, name?, tenant? }` to say who it is, lets the call through. If it
   * throws, or gives anything else, the answer is 500. If it takes longer than `timeout`, the answer is 504.
   */
  authorize: (request: Request, chatId: string) => TypingVerdict | Promise<TypingVerdict>
  /**
   * Lets several people type in one chat: the last one turns off the bubble. It has to know them apart, so `authorize`
   * gives an actor. @default each stop ends the bubble
   */
  hub?: TypingHub | undefined
  /**
   * Other origins whose pages may call, such as `['https://app.example.com']`, or a function that says yes by `true`.
   * @default only the server's own
   */
  allowedOrigins?: AllowedOrigins | undefined
  /**
   * Whether whatever stands in front of this server sets `X-Forwarded-Host`, so that it can be trusted to name the host
   * that the browser called. @default false: the `Host` header names it
   */
  trustForwardedHost?: boolean | undefined
  /**
   * How long a call may take from its arrival, in whole milliseconds. A start that isn't authorized within that time is
   * not made. @default 5_000
   */
  timeout?: number | undefined
  /**
   * Whether to ask Linq which service a chat is on, by one `GET` per chat and ten minutes: starts in SMS and RCS chats,
   * where no bubble is shown, then cost no call. @default false
   */
  knowsService?: boolean | undefined
  /**
   * Called for every failed call to Linq, with a `TypingError` whose cause is what the client threw; for whatever
   * `authorize` throws; and, once a minute, for callers refused for their origin. Use it to write a log. A start whose
   * client went away is not a failure. @default nothing is printed
   */
  onError?: ((error: unknown, request: Request) => unknown) | undefined
  /** Called for what happens, for a logger or OpenTelemetry. @default nothing */
  onEvent?: OnTypingServerEvent | undefined
}

/** Checks what can be checked before the first call. */
export function checkOptions(options: Partial<TypingProxyOptions> | null | undefined): void {
  const { authorize, timeout = 5_000, hub } = options ?? {}
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
