export { TypingError, type TypingErrorInit, type TypingErrorReason } from '../core/typingError.js'
export type { TypingServerEvent } from './events.js'
export { createMemoryStore } from './hub/memoryStore.js'
export type { ReceivedEvent } from './hub/receivedEvents.js'
export type { SentMessage } from './hub/sentMessages.js'
export { createTypingHub, type TypingHub, type TypingHubOptions } from './hub/typingHub.js'
export type { TypingStore } from './hub/typingStore.js'
export type { TypingIdentity, TypingVerdict } from './identity.js'
export type { LinqCallOptions, LinqPromise, LinqTypingCall, LinqTypingClient } from './linqClient.js'
export type { TypingProxyOptions } from './proxyOptions.js'
export { createSdkFetcher } from './sdkFetcher.js'
export {
  createServerTyping,
  type DuringOptions,
  type ServerTyping,
  type TypingWork,
} from './work/serverTyping.js'
export type { ServerTypingOptions } from './work/serverTypingOptions.js'
export { createTypingProxy, type TypingProxy } from './typingProxy.js'
export { createLinqWebhook, type LinqWebhook } from './webhook/linqWebhook.js'
export type { LinqWebhookEvent } from './linqEvent.js'
export type { LinqWebhookOptions } from './webhook/linqWebhookOptions.js'
export type { StreamIdentity, TypingStreamOptions } from './stream/streamOptions.js'
export { createTypingStream, type TypingStream } from './stream/typingStream.js'
