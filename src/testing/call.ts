/** One HTTP call as Linq's side of the network knows it; every time is on the emulator's clock, in ms. */
export interface LinqCall {
  /** 1 for the first call sent, 2 for the second. */
  readonly id: number
  /** What it asks for; `'unknown'` is a method or path that the emulator does not serve. */
  readonly action: LinqAction
  /** The chat id as it stands in the path, decoded; empty where there is none. */
  readonly chatId: string
  readonly method: string
  readonly path: string
  /** The request's headers, their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly sentAt: number
  /** When it reached Linq and took effect, or null. */
  readonly arrivedAt: number | null
  /** When the client had its answer, or null. */
  readonly answeredAt: number | null
  /** When the client was gone without an answer, because it aborted or the connection broke, or null. */
  readonly goneAt: number | null
  /** What Linq answered, whether or not the client ever heard it, or null before that. */
  readonly status: number | null
}

/** What a call asks Linq for. */
export type LinqAction = 'start' | 'stop' | 'message' | 'read' | 'unknown'

/** What is written into a call after it was sent. */
export type CallProgress = Partial<Pick<LinqCall, 'arrivedAt' | 'answeredAt' | 'goneAt' | 'status'>>

/** Every call in order of sending, each replaced by a new object when it gets further. */
export interface CallLog {
  readonly calls: readonly LinqCall[]
  open(call: Pick<LinqCall, 'action' | 'chatId' | 'method' | 'path' | 'headers' | 'sentAt'>): LinqCall
  note(id: number, progress: CallProgress): void
}

/** Makes an empty log, which tells `changed` of every entry. */
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
