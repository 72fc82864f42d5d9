export type { TypingServerEvent } from './events.js'
export { createMemoryStore } from './hub/memoryStore.js'
export { createTypingHub, type SentMessage, type TypingHub, type TypingHubOptions } from './hub/typingHub.js'
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
export type { StreamIdentity, TypingStreamOptions } from './stream/streamOptions.js'
export { createTypingStream, type TypingStream } from './stream/typingStream.js'
