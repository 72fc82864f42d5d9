import type { OnTypingServerEvent } from '../events.js'
import type { TypingHub } from '../hub/typingHub.js'
import type { LinqSource } from '../linqSource.js'

export interface ServerTypingOptions {
  /** The official client, anything of the same shape, or a function that makes one when it is first needed. */
  linq: LinqSource
  /**
   * Lets the work share a chat's bubble with people, and with work on other servers: the last one to stop turns it off. Pass
   * the proxy's hub. @default none: a chat's work here shares one bubble, and a stop ends everybody's
   */
  hub?: TypingHub | null | undefined
  /** Who writes, for the hub and for events: 1 to 128 characters. Each piece of work has its own lease. @default 'server' */
  actor?: string | null | undefined
  /** The name that others see: at most 80 characters. */
  name?: string | null | undefined
  /** The tenant whose chats these are, as returned by the proxy's `authorize`. */
  tenant?: string | null | undefined
  /** Called for every failed call, with a `TypingError`, and for a chat id that isn't a UUID. @default nothing is printed */
  onError?: ((error: unknown, chatId: string) => unknown) | null | undefined
  /** Called with each event, for a logger or OpenTelemetry. @default nothing */
  onEvent?: OnTypingServerEvent | null | undefined
}
