import type { TypingRequest } from '../core/typingFetcher.js'

/** One typing call of a page, as the proxy received it. */
export interface PageCall {
  readonly request: Request
  readonly chatId: string
  readonly action: TypingRequest['action']
  /** When it came, by `performance.now()`. */
  readonly arrivedAt: number
  /** Rises with each call. */
  readonly number: number
}
