import type { CallLog, LinqCall } from './call.js'
import type { LinqClock } from './clock.js'
import { travel, type LinqAnswer, type LinqJourney } from './network.js'
import { readRequest } from './request.js'
import { createResponse } from './response.js'

/** The two ends between which calls are carried. */
export interface Ends {
  readonly clock: LinqClock
  readonly log: CallLog
  /** What happens to a call. */
  plan(call: LinqCall): LinqJourney | undefined
  /** Lets a call that arrived take effect, and returns what Linq answers. */
  answer(call: LinqCall, body: string): LinqAnswer
}

/** Carries one call to Linq and its answer back, as `fetch` does. If the client goes away, the call still goes on. */
export function carry(ends: Ends, input: Request | URL | string, init?: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { clock, log } = ends
    const { signal, readBody, ...request } = readRequest(input, init)
    signal?.throwIfAborted()

    const call = log.open({ ...request, sentAt: clock.now() })
    let isWaiting = true
    let giveUpAnswer: (() => void) | undefined

    const leave = () => {
      isWaiting = false
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      leave()
      giveUpAnswer?.()
      log.note(call.id, { goneAt: clock.now() })
      reject(signal?.reason as Error)
    }
    const broken = () => {
      if (!isWaiting) return
      leave()
      log.note(call.id, { goneAt: clock.now() })
      reject(new TypeError('fetch failed'))
    }
    const arrive = (body: string) => {
      const arrivedAt = clock.now()
      const truth = said && !said.landed ? said : ends.answer(call, body)
      const answer = said ?? truth
      log.note(call.id, { arrivedAt, status: answer.status })
      if (isWaiting) giveUpAnswer = travel(down, clock, () => receive(answer), broken)
    }
    const receive = (answer: LinqAnswer) => {
      leave()
      log.note(call.id, { answeredAt: clock.now() })
      resolve(createResponse(answer, call.id.toString(16).padStart(32, '0')))
    }

    signal?.addEventListener('abort', abort)
    const { up, down, answer: said } = ends.plan(call) ?? {}
    const goUp = (body: string) => travel(up, clock, () => arrive(body), broken)
    const body = call.action === 'message' ? readBody() : ''
    if (typeof body === 'string') goUp(body)
    else void body.then(goUp, broken)
  })
}
