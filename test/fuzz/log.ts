import type { BubbleSpan } from 'react-linq-typing/testing'
import type { TypingState } from 'react-linq-typing'
import type { FuzzAnswer } from './journeys.js'
import type { Moment } from './moments.js'

/** Why an input stops composing. */
export type EndedBy = 'clear' | 'send' | 'leave' | 'switch' | 'toggle' | 'hide' | 'stop' | 'close'

/** What is seen of one chat. */
export type ChatEvent =
  | { what: 'join' | 'edit'; slot: number }
  | { what: 'end'; slot: number; why: EndedBy }
  | { what: 'send'; id: number; slot: number }
  | { what: 'send settled'; id: number; isSent: boolean }
  /**
   * A feed tells of a message: whether it is one's own, whether the feed says that it is not, and when it was sent, by the true
   * time: a page that is away hears of it later.
   */
  | { what: 'message told'; isOwn: boolean; isOthers: boolean; sentAt: number }
  | { what: 'call'; action: 'start' | 'stop'; up: number | 'lost' | 'reset' }
  /** A call is over for the page; `answer` is null where none came, and `isTimeout` where it was given up. */
  | { what: 'settled'; action: 'start' | 'stop'; answer: FuzzAnswer | null; isTimeout: boolean }
  /** `stop()` and `reset()` are asked for. */
  | { what: 'stop' | 'reset' }
  /** What the library says of the chat has changed. */
  | { what: 'told'; state: TypingState }

/** What concerns every chat of the page. */
export type PageEvent =
  /** From `away` to `back` no timer of the page runs. */
  | { what: 'away' | 'back' }
  /** The page is told that it is back: its machine woke, or it shows again. */
  | { what: 'wake' }
  /** What `navigator.onLine` says from now on; the event of that name comes with it. */
  | { what: 'flag'; isOnline: boolean }
  /** Noted before and after someone sets the wall clock. */
  | { what: 'jump' }
  | { what: 'closed' | 'opened' }

/** What a log remembers, in the order in which it happened; `chat` is null where every chat is concerned. */
export type LogEntry = Moment & (({ chat: string } & ChatEvent) | ({ chat: null } & PageEvent))

/** Everything that was seen from outside. */
export interface Transcript {
  chats: readonly string[]
  log: readonly LogEntry[]
  bubbles: ReadonlyMap<string, readonly BubbleSpan[]>
  end: number
  /** Timers that the page has left after everything in it is gone. */
  timersLeft: number
  unhandled: readonly unknown[]
}
