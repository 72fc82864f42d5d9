import type { TypingErrorReason } from '../core/typingError.js'
import type { TypingRequest } from '../core/typingFetcher.js'

/** Whose call it was. */
interface Whose {
  readonly chatId: string
  readonly actor?: string | undefined
  readonly tenant?: string | undefined
}

/** Why a stream ended. */
export type StreamEnd = 'left' | 'time' | 'slow' | 'replaced'

/** What happened on the server. No event holds a token or a text. */
export type TypingServerEvent =
  /** A call reached Linq and was accepted, after so many milliseconds. */
  | ({
      readonly type: 'forwarded'
      readonly action: TypingRequest['action']
      readonly duration: number
    } & Whose)
  /** A stop was not sent, since somebody else types in this chat. */
  | ({ readonly type: 'withheld' } & Whose)
  /** A lease ended by itself, or with a refused start, and the stop that was withheld before was sent. */
  | ({ readonly type: 'lapsed' } & Whose)
  /** A caller was refused before any call. */
  | {
      readonly type: 'refused'
      readonly why: 'origin' | 'unauthorized' | 'not-found' | 'unsupported'
      /** The first 100 characters of the page's origin, if that was why, with escapes for what is not printable ASCII. */
      readonly origin?: string | undefined
      readonly chatId?: string | undefined
      /** How often since the last such event. The same refusal is told once a minute. */
      readonly count: number
    }
  /** A call was one too many: by our own limits, or while Linq's own limit lasts. Told once a minute. */
  | ({
      readonly type: 'limited'
      readonly by: 'us' | 'linq'
      readonly action: TypingRequest['action']
      /** Milliseconds. */
      readonly retryAfter: number
      readonly count: number
    } & Whose)
  /** A call to Linq failed. */
  | ({
      readonly type: 'failed'
      readonly action: TypingRequest['action']
      readonly reason: TypingErrorReason
      readonly status?: number | undefined
      readonly code?: number | undefined
      readonly traceId?: string | undefined
    } & Whose)
  /** A page listens to who types. */
  | { readonly type: 'stream-opened'; readonly actor: string; readonly tenant?: string | undefined }
  /** A page doesn't listen any more, after so many milliseconds. */
  | {
      readonly type: 'stream-closed'
      readonly actor: string
      readonly tenant?: string | undefined
      /** It left; its time was up; it didn't read what it was sent; or the same actor opened too many others. */
      readonly why: StreamEnd
      readonly duration: number
    }
  /** The hub's store began to fail. Typing goes on as without a hub. */
  | { readonly type: 'store-lost' }
  /** The hub's store answers again. */
  | { readonly type: 'store-found' }

/** Told of what happens, for a logger or OpenTelemetry. What it throws, or rejects with, is ignored. */
export type OnTypingServerEvent = (event: TypingServerEvent) => unknown

/** Calls a host's function, whose failure is its own concern. */
export function tell<Args extends unknown[]>(
  listener: ((...args: Args) => unknown) | undefined,
  ...args: Args
): void {
  if (listener === undefined) return
  new Promise((resolve) => resolve(listener(...args))).catch(() => undefined)
}
