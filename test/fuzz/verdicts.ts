import type { TypingErrorReason } from 'react-linq-typing'
import type { FuzzAnswer } from './journeys.js'

/** What an outcome of a call means. */
export interface Verdict {
  /** Null is an acceptance. */
  reason: TypingErrorReason | null
  /** What it holds back: a flat wait in ms, or one that grows with those in a row. */
  then: number | 'final' | 'steps' | 'doubling' | 'caller' | null
  /** Whether the call took effect, as far as a page can tell. */
  hasLanded: 'yes' | 'no' | 'unknown' | 'arguable'
}

const seconds = 1_000
const conflicts: Record<number, TypingErrorReason> = {
  2013: 'gone',
  2016: 'unsupported',
  2017: 'unsupported',
}
const refusals: Record<number, TypingErrorReason> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'not-found',
  410: 'gone',
  422: 'invalid',
}

const refused = (reason: TypingErrorReason, then: Verdict['then']): Verdict => ({
  reason,
  then,
  hasLanded: 'no',
})

/** What an answer means by the table of reasons; null is no answer. */
export function verdictOf(answer: FuzzAnswer | null, isOnline: boolean, isAborted: boolean): Verdict {
  if (answer === null) {
    const reason = !isOnline ? 'offline' : isAborted ? 'timeout' : 'network'
    return { reason, then: 'steps', hasLanded: 'unknown' }
  }
  const { status, code, retryAfter, isPage } = answer
  const isKnown = code !== 0
  if (isPage)
    return { reason: 'server', then: 30 * seconds, hasLanded: status < 300 ? 'unknown' : 'arguable' }
  if (status < 300) return { reason: null, then: null, hasLanded: 'yes' }
  if (status === 401) return refused('unauthorized', 'caller')
  if (status === 408) return { reason: 'timeout', then: 'steps', hasLanded: 'arguable' }
  if (status === 409) return conflict(code)
  if (status === 429)
    return refused('rate-limited', retryAfter === null ? 30 * seconds : Math.max(1, retryAfter) * seconds)
  if (status === 504) return { reason: 'server', then: 'steps', hasLanded: 'unknown' }
  const reason = refusals[status]
  if (reason !== undefined) return refused(reason, isKnown ? 'final' : 'doubling')
  if (status < 500 || code === 4002 || code === 4004) return refused('server', 30 * seconds)
  return refused('server', 'steps')
}

function conflict(code: number): Verdict {
  const reason = conflicts[code]
  return reason === undefined ? refused('busy', 3 * seconds) : refused(reason, 'final')
}
