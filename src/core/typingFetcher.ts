export interface TypingRequest {
  chatId: string
  action: 'start' | 'stop'
  /** Fires when the policy's timeout runs out. */
  signal: AbortSignal
  /** The page may be going away: the call should outlive it. */
  keepalive: boolean
}

/**
 * Makes one typing call to the service. Resolves when it was accepted; throws when it was not. A `Response` of 400 or more, to
 * which code without types may resolve, counts as thrown.
 */
export type TypingFetcher = (request: TypingRequest) => Promise<void>
