import { checkHub, hubParts, type TypingHub } from '../hub/typingHub.js'
import { readTenant } from '../identity.js'
import type { LinqWebhookEvent } from '../linqEvent.js'
import { readSecrets } from './webhookSecrets.js'

/** A signing secret, or several while it is rotated: signatures made with any of them are valid. */
export type WebhookSecret = string | readonly string[]

export interface LinqWebhookOptions {
  /**
   * The signing secret of your webhook subscription at Linq (`whsec_…`), or several while you rotate it. A function is
   * called when a secret is first needed, so an app can be built without it: `() => process.env.LINQ_WEBHOOK_SECRET ?? ''`.
   */
  secret: WebhookSecret | (() => WebhookSecret | Promise<WebhookSecret>)
  /** The hub to tell who is typing and which messages left, so that pages can show it. @default none: only `onEvent` runs */
  hub?: TypingHub | null | undefined
  /**
   * Which tenant's chat an event is about, as returned by `authorize`: a string, or a function that returns one for each
   * event of a chat. If the function throws, or takes longer than 5 s, `onError` is called, and nobody is shown the event.
   * @default one for all
   */
  tenant?:
    | string
    | ((event: LinqWebhookEvent) => string | null | undefined | Promise<string | null | undefined>)
    | null
    | undefined
  /**
   * Called once with every verified event, even those that have nothing to do with typing: Linq sends all events to one
   * address. The answer waits for it, for 5 s at most, and is 204 even if it fails, so Linq doesn't send the event again: put
   * anything that must not be lost into your own queue. If the server dies first, Linq sends the event again. If you want it
   * sent again after a failure too, verify events yourself and pass them to `hub.receive`. @default nothing
   */
  onEvent?: ((event: LinqWebhookEvent) => unknown) | null | undefined
  /**
   * Called with what `onEvent`, `tenant` or `secret` threw, and once a minute for events that could not be verified.
   * @default nothing is printed
   */
  onError?: ((error: unknown) => unknown) | null | undefined
}

/** Checks what can be checked before the first call. */
export function checkOptions(options: Partial<LinqWebhookOptions> | null | undefined): void {
  const { secret, hub, tenant } = options ?? {}
  if (typeof secret !== 'function') readSecrets(secret)
  checkHub(hub, 'createLinqWebhook')
  if (hub?.[hubParts].lacks(['hear']) !== undefined)
    throw new TypeError(
      "createLinqWebhook can't use the store of this hub: it has no hear(). Pass createTypingHub a store from createRedisStore (react-linq-typing/redis), or leave store out for a single process.",
    )
  if (typeof tenant !== 'function') readTenant(tenant, 'createLinqWebhook was given')
}
