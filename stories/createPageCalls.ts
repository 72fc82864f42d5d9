import type { RecipientCall } from './recipient/RecipientTruth.js'

/** The calls of a page to its proxy, which may never reach Linq. */
export interface PageCalls {
  readonly calls: () => readonly RecipientCall[]
  /** Notes each call of a handler, and what it answered. */
  readonly watch: (handle: (request: Request) => Promise<Response>) => (request: Request) => Promise<Response>
}

export function createPageCalls(): PageCalls {
  let calls: readonly RecipientCall[] = []
  const note = (noted: RecipientCall) => {
    calls = [...calls.filter(({ id }) => id !== noted.id), noted]
  }
  return {
    calls: () => calls,
    watch: (handle) => async (request) => {
      const call: RecipientCall = {
        // Linq counts its own from 1.
        id: -1 - calls.length,
        action: request.method === 'POST' ? 'start' : 'stop',
        sentAt: Date.now(),
        arrivedAt: null,
        answeredAt: null,
        goneAt: null,
        status: null,
      }
      note(call)
      const answer = await handle(request)
      const now = Date.now()
      note({ ...call, arrivedAt: now, answeredAt: now, status: answer.status })
      return answer
    },
  }
}
