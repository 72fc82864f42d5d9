export type { LinqCallOptions, LinqPromise, LinqTypingCall, LinqTypingClient } from './linqClient.js'
export { createSdkFetcher } from './sdkFetcher.js'
export {
  createTypingProxy,
  type TypingProxy,
  type TypingProxyOptions,
  type TypingVerdict,
} from './typingProxy.js'
