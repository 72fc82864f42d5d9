/** What is used of the official client, so that it or anything of its shape can be passed. */
export interface LinqTypingClient {
  readonly chats: { readonly typing: { readonly start: LinqTypingCall; readonly stop: LinqTypingCall } }
}

/** One of the client's typing calls: resolves when Linq accepted it, rejects when it did not. */
export type LinqTypingCall = (chatId: string, options: LinqCallOptions) => LinqPromise

/** A promise, in the official client one that can leave the body of its answer alone. */
export interface LinqPromise extends PromiseLike<unknown> {
  /** The answer as it came, its body unread. */
  readonly asResponse?: (() => PromiseLike<Pick<Response, 'body'>>) | undefined
}

/** What is passed with each call. */
export interface LinqCallOptions {
  /** Always 0: a typing call that comes later than it was meant says something untrue. */
  readonly maxRetries: 0
  /** Milliseconds. */
  readonly timeout: number
  /** A signal of this call alone: the official client never removes its listener. */
  readonly signal: AbortSignal
  /** A redirect would take the token to another address. */
  readonly fetchOptions: { readonly redirect: 'error' }
}
