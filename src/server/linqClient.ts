/** The part of the official client that is used. Pass that client, or anything of the same shape. */
export interface LinqTypingClient {
  readonly chats: { readonly typing: { readonly start: LinqTypingCall; readonly stop: LinqTypingCall } }
}

/** One of the client's typing calls: resolves if Linq accepted it, rejects if it didn't. */
export type LinqTypingCall = (chatId: string, options: LinqCallOptions) => LinqPromise

/** A promise. The official client's can also leave the body of its answer unread. */
export interface LinqPromise extends PromiseLike<unknown> {
  /** The answer as it came, its body unread. One that isn't `ok` counts as a refusal. */
  readonly asResponse?: (() => PromiseLike<Pick<Response, 'body'> & Partial<Response>>) | undefined
}

/** What is passed with each call. */
export interface LinqCallOptions {
  /** Always 0: a typing call that arrives late is no longer true. */
  readonly maxRetries: 0
  /** Milliseconds. */
  readonly timeout: number
  /** A signal for this call alone: the official client never removes its listener. */
  readonly signal: AbortSignal
  /**
   * A redirect would take the token to another address. It must not be followed, and fails the call. (`'error'` would
   * do, but Cloudflare Workers refuse it.)
   */
  readonly fetchOptions: { readonly redirect: 'manual' }
}
