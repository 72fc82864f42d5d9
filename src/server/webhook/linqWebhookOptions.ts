import { checkHub, hubParts, type TypingHub } from '../hub/typingHub.js'
import { readTenant } from '../identity.js'
import type { LinqWebhookEvent } from './linqEvent.js'
import { readSecrets, type WebhookSecret } from './webhookSecrets.js'

export interface LinqWebhookOptions {
  /**
   * The signing secret of your webhook subscription at Linq, such as `whsec_…`; several of them while you change it. As a
   * function it is called when first needed, so that an app can be built without it: `() => process.env.LINQ_WEBHOOK_SECRET`.
   */
  secret: WebhookSecret | (() => WebhookSecret | Promise<WebhookSecret>)
  /** Is told who types and which messages left, so that pages can show it. @default nobody: only `onEvent` is called */
  hub?: TypingHub | undefined
  /**
   * Whose chat an event is about, as `authorize` names them: a text, or a function that tells it for each event of a chat.
   * What the function throws is told to `onError`, and the event is not shown to anybody. It has 5 s.
   * @default all are one
   */
  tenant?:
    | string
    | ((event: LinqWebhookEvent) => string | null | undefined | Promise<string | null | undefined>)
    | undefined
  /**
   * Called once with every verified event, also with those that have nothing to do with typing: Linq has one address for
   * all. The answer waits for it, 5 s at most, and stays 204 if it fails, so Linq doesn't send the event again: put what
   * must not be lost into a queue of your own. If you want Linq to send it again, verify events yourself and pass them to
   * `hub.receive`. @default nothing
   */
  onEvent?: ((event: LinqWebhookEvent) => unknown) | undefined
  /**
   * Called with what `onEvent`, `tenant` or `secret` threw, and once a minute for events that could not be verified.
   * @default nothing is printed
   */
  onError?: ((error: unknown) => unknown) | undefined
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
