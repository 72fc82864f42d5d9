import type { FunctionComponent } from 'react'
import type {
  ComposeBoxControls,
  HttpFetcherOptions,
  TypingIndicator,
  TypingPolicy,
  TypingProviderProps,
  UseComposeBoxOptions,
  UseTypingIndicatorOptions,
} from 'react-linq-typing'
import type { TypingProxyOptions } from 'react-linq-typing/server'
import type { LinqEmulatorOptions } from 'react-linq-typing/testing'

// Storybook documents only components, so each type gets an empty one.
export const PolicyTable: FunctionComponent<TypingPolicy> = () => null
export const ProviderTable: FunctionComponent<TypingProviderProps> = () => null
export const TypingIndicatorOptionsTable: FunctionComponent<UseTypingIndicatorOptions> = () => null
export const TypingIndicatorTable: FunctionComponent<TypingIndicator> = () => null
export const ComposeBoxOptionsTable: FunctionComponent<UseComposeBoxOptions> = () => null
export const ComposeBoxControlsTable: FunctionComponent<ComposeBoxControls> = () => null
export const HttpFetcherOptionsTable: FunctionComponent<HttpFetcherOptions> = () => null
export const ProxyOptionsTable: FunctionComponent<TypingProxyOptions> = () => null
export const EmulatorOptionsTable: FunctionComponent<LinqEmulatorOptions> = () => null
