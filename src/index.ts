export { definePolicy, type TypingPolicy } from './core/policy.js'
export { TypingError, type TypingErrorInit, type TypingErrorReason } from './core/typingError.js'
export type { TypingFeed, TypingFeedEvent, TypingFeedTypist, TypingFeedWho } from './core/typingFeed.js'
export type { TypingFetcher, TypingRequest } from './core/typingFetcher.js'
export type { FailurePolicy, TypingRefusal, TypingService } from './core/typingService.js'
export type { TypingState, TypingStatus } from './core/typingState.js'
export { createHttpFetcher, type HttpFetcherOptions } from './fetchers/httpFetcher.js'
export { linqPolicy } from './linq/policy.js'
export { linqService } from './linq/service.js'
export { ComposeBox, type ComposeBoxProps } from './react/compose/ComposeBox.js'
export type { SubmitMode } from './react/compose/field/enterKey.js'
export type { ComposeBoxLabels } from './react/compose/labels.js'
export type {
  OnSend,
  OnSendError,
  OnSendFailed,
  SendContext,
  SendFailedContext,
} from './react/compose/message/messageBoxHost.js'
export type { MessageBoxState } from './react/compose/message/messageBoxState.js'
export type { PropGetters } from './react/compose/propGetters.js'
export {
  type ComposeBoxControls,
  useComposeBox,
  type UseComposeBoxOptions,
} from './react/compose/useComposeBox.js'
export type { TypingBubbleLabels } from './react/incoming/bubbleLabels.js'
export type { AgentTyping, RecipientTyping } from './react/incoming/incomingStore.js'
export type { SseFeedOptions } from './react/incoming/sseConnection.js'
export { createSseFeed } from './react/incoming/sseFeed.js'
export { TypingBubble, type TypingBubbleProps } from './react/incoming/TypingBubble.js'
export { useAgentsTyping, useRecipientTyping } from './react/incoming/useIncomingTyping.js'
export { TypingProvider, type TypingProviderProps } from './react/TypingProvider.js'
export {
  type TypingIndicator,
  useTypingIndicator,
  type UseTypingIndicatorOptions,
} from './react/useTypingIndicator.js'
