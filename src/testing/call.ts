/** One HTTP call, as Linq's side of the network knows it. Every time is on the emulator's clock, in ms. */
export interface LinqCall {
  /** 1 for the first call sent, 2 for the second. */
  readonly id: number
  /** What it asks for; `'unknown'` is a method or path that the emulator does not serve. */
  readonly action: LinqAction
  /** The chat id in the path, decoded; empty if there is none. */
  readonly chatId: string
  readonly method: string
  readonly path: string
  /** The request's headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly sentAt: number
  /** When it reached Linq and took effect, or null. */
  readonly arrivedAt: number | null
  /** When the client had its answer, or null. */
  readonly answeredAt: number | null
  /** When the client went away without an answer, because it aborted or the connection broke, or null. */
  readonly goneAt: number | null
  /** The status that Linq answered with, even if it never reached the client, or null before that. */
  readonly status: number | null
}

/** What a call asks Linq for. */
export type LinqAction = 'start' | 'stop' | 'message' | 'read' | 'unknown'

/** What is written into a call after it was sent. */
export type CallProgress = Partial<Pick<LinqCall, 'arrivedAt' | 'answeredAt' | 'goneAt' | 'status'>>

/** Every call, in the order they were sent, each replaced by a new object when it gets further. */
export interface CallLog {
  readonly calls: readonly LinqCall[]
  open(call: Pick<LinqCall, 'action' | 'chatId' | 'method' | 'path' | 'headers' | 'sentAt'>): LinqCall
  note(id: number, progress: CallProgress): void
}

/** Makes an empty log, which calls `changed` after every entry. */
export function createCallLog(changed: () => void): CallLog {
  let calls: readonly LinqCall[] = []

  return {
    get calls() {
      return calls
    },
    open(sent) {
      const call: LinqCall = {
        id: calls.length + 1,
        ...sent,
        arrivedAt: null,
        answeredAt: null,
        goneAt: null,
        status: null,
      }
      calls = [...calls, call]
      changed()
      return call
    },
    note(id, progress) {
      calls = calls.map((call) => (call.id === id ? { ...call, ...progress } : call))
      changed()
    },
  }
}
