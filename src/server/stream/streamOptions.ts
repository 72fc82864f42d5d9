import type { OnTypingServerEvent } from '../events.js'
import { checkHub, hubParts, type TypingHub } from '../hub/typingHub.js'
import { readIdentity } from '../identity.js'
import type { AllowedOrigins } from '../pageOrigin.js'

/** Whose page listens, and to which chats. */
export interface StreamIdentity {
  /** Identifies the person, as the proxy's `authorize` does: 1 to 128 characters. Their own typing is left out. */
  actor: string
  /** Separates customers who must not see each other: 1 to 128 characters. @default one for all */
  tenant?: string | null | undefined
  /**
   * Whether the page may see who is typing in this chat. It is called when something happens there: a yes is kept for a
   * minute, a no for ten seconds. Only `true` is a yes; throwing, or taking longer than 5 s, is a no.
   */
  maySee: (chatId: string) => boolean | Promise<boolean>
}

/** What a stream needs to know. */
export interface TypingStreamOptions {
  /**
   * Who listens: `null` if nobody is signed in, which answers 401. If it throws, or returns anything else, the answer is 500.
   * If it takes longer than 5 s, the answer is 504. It is called again at least every ten minutes.
   */
  identify: (request: Request) => StreamIdentity | null | Promise<StreamIdentity | null>
  /** The hub that the proxy and the webhook also use. */
  hub: TypingHub
  /**
   * Other origins whose pages may listen, such as `['https://app.example.com']`, or a function that returns `true` for them.
   * @default only the server's own
   */
  allowedOrigins?: AllowedOrigins | null | undefined
  /**
   * Whether the server in front of this one sets `X-Forwarded-Host`, so that the header can be trusted to name the
   * host that the browser called. @default false: the `Host` header names it
   */
  trustForwardedHost?: boolean | null | undefined
  /**
   * Called for whatever `identify` and `maySee` throw and, once a minute, for callers refused for their origin. Use it
   * for your log. @default nothing is printed
   */
  onError?: ((error: unknown, request: Request) => unknown) | null | undefined
  /** Called when streams open and close, for a logger or OpenTelemetry. @default nothing */
  onEvent?: OnTypingServerEvent | null | undefined
}

/** A checked identity. */
export interface KnownListener {
  readonly actor: string
  readonly tenant: string
  readonly maySee: (chatId: string) => unknown
}

/** Checks what can be checked before the first request. */
export function checkStreamOptions(options: Partial<TypingStreamOptions> | null | undefined): void {
  const { identify, hub } = options ?? {}
  if (typeof identify !== 'function')
    throw new TypeError(
      'createTypingStream needs identify(request): without it anybody could see who is typing. Pass a function that returns null if nobody is signed in, or { actor, maySee(chatId) }.',
    )
  if (hub == null)
    throw new TypeError(
      'createTypingStream needs a hub. Pass one from createTypingHub(), and pass it to the proxy and the webhook too.',
    )
  checkHub(hub, 'createTypingStream')
  const missing = hub[hubParts].lacks(['activeChats', 'states', 'subscribe'])
  if (missing !== undefined)
    throw new TypeError(
      `createTypingStream can't use the store of this hub: it has no ${missing}(). Pass createTypingHub a store from createRedisStore (react-linq-typing/redis), or leave store out for a single process.`,
    )
}

/**
 * Reads what `identify` returned.
 *
 * @returns `null` if nobody is signed in.
 * @throws TypeError if it is neither that nor an identity.
 */
export function readListener(given: unknown): KnownListener | null {
  if (given === null) return null
  const identity = (typeof given === 'object' ? given : undefined) as Partial<StreamIdentity> | undefined
  if (typeof identity?.maySee !== 'function')
    throw new TypeError(
      'identify returned something that is not an identity. It has to return null, or { actor, tenant?, maySee(chatId) }.',
    )
  const { actor, tenant } = readIdentity(
    { actor: identity.actor, tenant: identity.tenant },
    'identify returned',
  )
  return { actor, tenant, maySee: (chatId) => identity.maySee?.(chatId) }
}
