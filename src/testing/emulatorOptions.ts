import type { LinqClock } from './clock.js'
import type { LinqNetwork } from './network.js'
import type { LinqWebhookNetwork, LinqWebhookTarget } from './webhookDelivery.js'

/** What kind of Linq to emulate. Where Linq's documents disagree, you can choose either side. */
export interface LinqEmulatorOptions {
  /** The bearer token that it accepts. @default any */
  token?: string | null | undefined
  /** How long a bubble lasts after a start arrives, in ms; 90_000 is the other figure in Linq's documents. @default 60_000 */
  lifetime?: number | null | undefined
  /** Whether groups accept typing: by Linq's documents they refused it until August 2026. @default 'refused' */
  groups?: 'refused' | 'accepted' | null | undefined
  /** Whether a chat without a message in the last 5 minutes shows the bubble; it accepts typing anyway. @default 'hidden' */
  inactive?: 'hidden' | 'shown' | null | undefined
  /** The time from a message's acceptance to its delivery, in ms. @default 1_100, the median that one integrator measured */
  deliveryDelay?: number | (() => number) | null | undefined
  /** What happens to each call. @default every call arrives and is answered at once */
  network?: LinqNetwork | null | undefined
  /** Where its webhooks go. @default nowhere: there are none */
  webhooks?: LinqWebhookTarget | null | undefined
  /** What happens to each webhook. @default each is sent at once, and arrives */
  webhookNetwork?: LinqWebhookNetwork | null | undefined
  /** The clock it uses. @default the global `Date.now` and timers, read at every call */
  clock?: LinqClock | null | undefined
}
