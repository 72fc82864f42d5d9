import { describe, expect, it } from 'vitest'
import type { TypingRefusal } from '../../src/core/typingService.js'
import { toRefusal } from '../../src/linq/refusal.js'

const signed = { success: false, error: { status: 404 } }

describe('a refusal', () => {
  it.each([
    [400, 'invalid'],
    [401, 'unauthorized'],
    [402, 'server'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [408, 'timeout'],
    [409, 'busy'],
    [410, 'gone'],
    [422, 'invalid'],
    [429, 'rate-limited'],
    [500, 'server'],
    [503, 'server'],
  ])('by %i is %s', (status, reason) => {
    expect(toRefusal({ status })).toMatchObject({ reason, status })
  })

  it.each([
    [400, 2004, 'unauthorized'],
    [401, 2004, 'unauthorized'],
    [403, 2004, 'unauthorized'],
    [403, 2005, 'forbidden'],
    [409, 2009, 'busy'],
    [409, 2013, 'gone'],
    [409, 2015, 'busy'],
    [409, 2016, 'unsupported'],
    [409, 2017, 'unsupported'],
    [500, 2013, 'server'],
  ])('by %i with code %i is %s', (status, code, reason) => {
    expect(toRefusal({ status, code })).toMatchObject({ reason, status, code })
  })

  it.each([
    [1_000, 1_000],
    [9_999, 9_999],
    [999, undefined],
    [10_000, undefined],
    [2_001.5, undefined],
    [undefined, undefined],
  ])('with the code %s has the code %s: four digits are Linq’s', (code, known) => {
    expect(toRefusal({ status: 404, code }).code).toBe(known)
  })

  it.each<[string, TypingRefusal, boolean]>([
    ['by nobody who knows the chat is not', { status: 404 }, false],
    ['in Linq’s form is', { status: 404, body: signed }, true],
    ['in its form, but for the status, is not', { status: 404, body: { success: false, error: {} } }, false],
    ['in its form, but for the error, is not', { status: 404, body: { success: false, error: null } }, false],
    ['in the form of a success is not', { status: 404, body: { ...signed, success: true } }, false],
    ['in words is not', { status: 404, body: 'no' }, false],
    ['by null is not', { status: 404, body: null }, false],
    ['with a code of Linq’s is', { status: 404, code: 2001 }, true],
    ['with a code of somebody else’s is not', { status: 404, code: 404 }, false],
    ['that our proxy gave a reason is', { status: 404, reason: 'not-found' }, true],
    ['that passes is not, whoever signed it', { status: 500, body: signed, code: 3001 }, false],
  ])('%s final', (_, refusal, isFinal) => {
    expect(toRefusal(refusal).isFinal).toBe(isFinal)
  })

  it('has the reason that our proxy gave it', () => {
    expect(toRefusal({ status: 502, reason: 'unauthorized' })).toMatchObject({
      reason: 'unauthorized',
      status: 502,
    })
  })

  it('has no status where there was none to see', () => {
    expect(toRefusal({ status: 0 }).status).toBeUndefined()
  })

  it('keeps what else was read', () => {
    const cause = new Error('x')
    expect(toRefusal({ status: 429, retryAfter: 9, traceId: 't', cause })).toMatchObject({
      retryAfter: 9,
      traceId: 't',
      cause,
    })
  })
})
