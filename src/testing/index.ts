export { createLinqEmulator } from './emulator.js'
export type { LinqEmulatorOptions } from './emulatorOptions.js'
export type { BubbleEnd, BubbleSpan } from './bubble.js'
export type { LinqAction, LinqCall } from './call.js'
export type { LinqChatInit, LinqMessage } from './chat.js'
export type { LinqClock } from './clock.js'
export type { LinqEmulator, LinqRecipient } from './linqEmulator.js'
export type { LinqAnswer, LinqJourney, LinqLeg, LinqNetwork } from './network.js'
export type { LinqHandle } from './representation.js'
export type { RecipientSpan } from './theirTyping.js'
export type {
  LinqWebhookAttempt,
  LinqWebhookDelay,
  LinqWebhookDelivery,
  LinqWebhookJourney,
  LinqWebhookNetwork,
  LinqWebhookTarget,
} from './webhookDelivery.js'
export type { LinqMessageData, LinqTypingData, LinqWebhookEvent } from './webhookEvent.js'
export {
  createFakeFeed,
  type FakeFeed,
  type FakeFeedEvent,
  type FakeFeedMessage,
  type FakeFeedTimes,
  type FakeFeedTypist,
  type FakeFeedWho,
} from './fakeFeed.js'
export { createLinqHandlers, type LinqHandlersOptions, type MockHttp } from './linqHandlers.js'
export { routeTyping, type PageRoute, type RoutedPage } from './routeTyping.js'
