import type { TypingErrorReason } from 'react-linq-typing'
import type { LinqJourney } from 'react-linq-typing/testing'

/** One way in which a call fails, and what is to be made of it. */
export interface LinqFailure {
  what: string
  journey: LinqJourney
  reason: TypingErrorReason
  /** The proxy's status, and its reason where it is another one. */
  proxied: [status: number, reason?: TypingErrorReason]
  code?: number
  retryAfter?: number
  /** How long the chat, or the caller, waits after it; `null` is for good. */
  wait: number | null
  proxiedWait?: number
}

/** The moment in which all of these happen. */
export const now: number = Date.UTC(2026, 9, 21, 7, 28, 0, 250)

const finals: [status: number, code: number | undefined, LinqFailure['reason'], proxied: number][] = [
  [400, 1005, 'invalid', 422],
  [400, 1002, 'invalid', 422],
  [403, 2005, 'forbidden', 403],
  [403, 2006, 'forbidden', 403],
  [403, 2008, 'forbidden', 403],
  [403, 2011, 'forbidden', 403],
  [403, 2024, 'forbidden', 403],
  [403, 9999, 'forbidden', 403],
  [404, 2001, 'not-found', 404],
  [410, undefined, 'gone', 409],
  [422, undefined, 'invalid', 422],
  [409, 2013, 'gone', 409],
  [409, 2016, 'unsupported', 409],
  [409, 2017, 'unsupported', 409],
]

const passing: [number, number | undefined, LinqFailure['reason'], proxied: number, wait: number][] = [
  [409, 2009, 'busy', 409, 3_000],
  [409, 2015, 'busy', 409, 3_000],
  [409, 9999, 'busy', 409, 3_000],
  [409, undefined, 'busy', 409, 3_000],
  [408, undefined, 'timeout', 504, 2_000],
  [429, 1007, 'rate-limited', 429, 30_000],
  [500, 3001, 'server', 502, 2_000],
  [500, 3002, 'server', 502, 2_000],
  [500, 3003, 'server', 502, 2_000],
  [500, 3004, 'server', 502, 2_000],
  [500, 3005, 'server', 502, 2_000],
  [504, 3006, 'server', 504, 2_000],
  [500, 4002, 'server', 502, 30_000],
  [503, 4004, 'server', 502, 30_000],
  [599, undefined, 'server', 502, 2_000],
]

/** Refusals that Linq did not sign, as a gateway's or a firewall's: they say nothing for good. */
const unsigned: [status: number, reason: LinqFailure['reason']][] = [
  [400, 'invalid'],
  [402, 'server'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'server'],
  [410, 'gone'],
  [418, 'server'],
  [421, 'server'],
  [422, 'invalid'],
  [423, 'server'],
  [425, 'server'],
  [451, 'server'],
]

const limits: [retryAfter: number | string, ms: number | undefined, wait: number][] = [
  [30, 30_000, 30_000],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000, 30_000],
  ['Wed, 21 Oct 2026 07:00:00 GMT', 0, 1_000],
  ['soon', undefined, 30_000],
  ['-5', undefined, 30_000],
  [0, 0, 1_000],
  [1e9, 1e12, 300_000],
]

const bodies: [
  what: string,
  status: number,
  body: string,
  LinqFailure['reason'],
  proxied: number,
  wait: number | null,
  code?: number,
][] = [
  ['nothing', 502, '', 'server', 502, 2_000],
  ['nothing', 403, '', 'forbidden', 502, 30_000],
  ['JSON that breaks off', 404, '{"error":{"code":2001', 'not-found', 502, 30_000],
  ['null', 409, 'null', 'busy', 409, 3_000],
  ['the old API’s list', 403, '{"errors":[{"code":2005}]}', 'forbidden', 502, 30_000],
  ['the old API’s word', 403, '{"error":"Forbidden","status":403}', 'forbidden', 502, 30_000],
  ['a gateway’s code, its status again', 403, '{"error":{"code":403}}', 'forbidden', 502, 30_000],
  ['a code that is no number', 409, '{"error":{"code":"2013"}}', 'busy', 409, 3_000],
  ['an error without an envelope', 409, '{"code":2013,"message":"Left"}', 'gone', 409, null, 2013],
  ['our own status beside another code', 403, '{"error":{"code":2013}}', 'forbidden', 403, null, 2013],
]

/** Every failure that Linq, or what stands before it, is known to answer with. */
export const linqFailures: LinqFailure[] = [
  ...finals.map(([status, code, reason, proxied]): LinqFailure => {
    const answer = { status, code }
    return {
      what: name(status, code),
      journey: { answer },
      reason,
      proxied: [proxied],
      ...known(code),
      wait: null,
    }
  }),
  ...passing.map(([status, code, reason, proxied, wait]): LinqFailure => {
    const answer = { status, code }
    return { what: name(status, code), journey: { answer }, reason, proxied: [proxied], ...known(code), wait }
  }),
  ...unsigned.map(([status, reason]): LinqFailure => ({
    what: `${status} without a code (row 111)`,
    journey: { answer: { status, body: '' } },
    reason,
    proxied: [502, 'server'],
    wait: 30_000,
    proxiedWait: 2_000,
  })),
  {
    what: '302, a redirect (row 110)',
    journey: { answer: { status: 302 } },
    reason: 'server',
    proxied: [502],
    wait: 30_000,
    proxiedWait: 2_000,
  },
  {
    what: name(401, 2004),
    journey: { answer: { status: 401, code: 2004 } },
    reason: 'unauthorized',
    proxied: [502, 'server'],
    code: 2004,
    wait: 30_000,
    proxiedWait: 2_000,
  },
  ...limits.map(([retryAfter, ms, wait]): LinqFailure => ({
    what: `429 until ${retryAfter}`,
    journey: { answer: { status: 429, code: 1007, retryAfter } },
    reason: 'rate-limited',
    proxied: [429],
    code: 1007,
    ...(ms !== undefined && { retryAfter: ms }),
    wait,
  })),
  {
    what: '429 until 7 in the body alone',
    journey: { answer: { status: 429, body: '{"error":{"code":1007,"retry_after":7}}' } },
    reason: 'rate-limited',
    proxied: [429],
    code: 1007,
    retryAfter: 7_000,
    wait: 7_000,
  },
  {
    what: '503 until 120',
    journey: { answer: { status: 503, code: 4004, retryAfter: 120 } },
    reason: 'server',
    proxied: [502],
    code: 4004,
    retryAfter: 120_000,
    wait: 120_000,
  },
  ...bodies.map(([what, status, body, reason, proxied, wait, code]): LinqFailure => {
    const isPassed = proxied === 502 && reason !== 'server'
    return {
      what: `${status} with ${what}`,
      journey: { answer: { status, body } },
      reason,
      proxied: isPassed ? [proxied, 'server'] : [proxied],
      ...known(code),
      wait,
      ...(isPassed && { proxiedWait: 2_000 }),
    }
  }),
]

function name(status: number, code: number | undefined): string {
  return code === undefined ? `${status}` : `${status}/${code}`
}

function known(code: number | undefined): { code?: number } {
  return code === undefined ? {} : { code }
}
