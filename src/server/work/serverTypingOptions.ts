import type { OnTypingServerEvent } from '../events.js'
import type { TypingHub } from '../hub/typingHub.js'
import type { LinqSource } from '../linqSource.js'

export interface ServerTypingOptions {
  /** The official client, or anything of its shape; as a function it is called when first needed. */
  linq: LinqSource
  /**
   * Lets the work share a chat's bubble with people, and with work on other servers: the last one turns it off. Pass the
   * proxy's hub. @default each chat's work here shares one bubble, and its stop ends anybody's
   */
  hub?: TypingHub | undefined
  /** Who writes, for the hub and for events: 1 to 128 characters. Each piece of work has its own lease. @default 'server' */
  actor?: string | undefined
  /** What others are shown: at most 80 characters. */
  name?: string | undefined
  /** Whose chats these are, as the proxy's `authorize` names them. */
  tenant?: string | undefined
  /** Called for every failed call, with a `TypingError`, and for a chat id that is no UUID. @default nothing is printed */
  onError?: ((error: unknown, chatId: string) => unknown) | undefined
  /** Called for what happens, for a logger or OpenTelemetry. @default nothing */
  onEvent?: OnTypingServerEvent | undefined
}
