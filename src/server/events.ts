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
  /** A call reached Linq and was accepted. `duration` is how long that took, in milliseconds. */
  | ({
      readonly type: 'forwarded'
      readonly action: TypingRequest['action']
      readonly duration: number
    } & Whose)
  /** A stop was not sent, because somebody else is typing in this chat. */
  | ({ readonly type: 'withheld' } & Whose)
  /** A lease ended by itself, or with a refused start, and a stop that had been withheld was sent. */
  | ({ readonly type: 'lapsed' } & Whose)
  /** A caller was refused before any call. */
  | {
      readonly type: 'refused'
      readonly why: 'origin' | 'unauthorized' | 'not-found' | 'unsupported'
      /** The first 100 characters of the page's origin, if that was why; anything but printable ASCII is escaped. */
      readonly origin?: string | undefined
      readonly chatId?: string | undefined
      /** How often since the last such event. The same refusal is reported once a minute. */
      readonly count: number
    }
  /** There were too many calls, by our own limits, or Linq's own limit lasts. Reported once a minute. */
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
  /** A page opened its stream. */
  | { readonly type: 'stream-opened'; readonly actor: string; readonly tenant?: string | undefined }
  /** A page's stream ended. `duration` is how long it was open, in milliseconds. */
  | {
      readonly type: 'stream-closed'
      readonly actor: string
      readonly tenant?: string | undefined
      /** The page left; the stream's time was up; the page didn't read it; or the same actor opened too many others. */
      readonly why: StreamEnd
      readonly duration: number
    }
  /** The hub's store began to fail. Typing goes on as without a hub. */
  | { readonly type: 'store-lost' }
  /** The hub's store answers again. */
  | { readonly type: 'store-found' }

/** Called with each event, for a logger or OpenTelemetry. Whatever it throws, or rejects with, is ignored. */
export type OnTypingServerEvent = (event: TypingServerEvent) => unknown

/** Calls a host's function, and ignores whatever it throws. */
export function tell<Args extends unknown[]>(
  listener: ((...args: Args) => unknown) | null | undefined,
  ...args: Args
): void {
  if (listener == null) return
  new Promise((resolve) => resolve(listener(...args))).catch(() => undefined)
}
