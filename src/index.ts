export { definePolicy, linqPolicy, type TypingPolicy } from './core/policy.js'
export { TypingError, type TypingErrorInit, type TypingErrorReason } from './core/typingError.js'
export type { TypingFetcher, TypingRequest } from './core/typingFetcher.js'
export type { TypingState, TypingStatus } from './core/typingState.js'
export { createHttpFetcher, type HttpFetcherOptions } from './fetchers/httpFetcher.js'
export { ComposeBox, type ComposeBoxProps } from './react/ComposeBox.js'
export { TypingProvider, type TypingProviderProps } from './react/TypingProvider.js'
export {
  type TypingIndicator,
  useTypingIndicator,
  type UseTypingIndicatorOptions,
} from './react/useTypingIndicator.js'
