import { expect, it, vi } from 'vitest'
import { isRefused, watchSending } from '../../src/core/sending.js'

it.each<[string, unknown, boolean]>([
  ['a response that is not ok', { ok: false, status: 400 }, true],
  ['one whose status is no failure', { ok: false, status: 399 }, false],
  ['one without a status', { ok: false }, false],
  ['one whose status is no number', { ok: false, status: '500' }, false],
  ['one that is ok', { ok: true, status: 500 }, false],
  ['one that says nothing of it', { status: 500 }, false],
  ['a function', Object.assign(() => 0, { ok: false, status: 500 }), false],
  [
    'one that throws when read',
    {
      get ok() {
        throw new Error('revoked')
      },
    },
    false,
  ],
  ['null', null, false],
  ['nothing', undefined, false],
  ['false', false, false],
])('%s is a refused send: $2', (_, value, answer) => {
  expect(isRefused(value)).toBe(answer)
})

it.each<[string, () => PromiseLike<unknown>, boolean]>([
  ['that resolves has left', () => Promise.resolve(), true],
  ['that resolves to a refusal has not', () => Promise.resolve({ ok: false, status: 500 }), false],
  ['that rejects has not', () => Promise.reject(new Error('x')), false],
])('a message %s', async (_, send, answer) => {
  const onSettled = vi.fn()
  watchSending(send(), onSettled)
  expect(onSettled).not.toHaveBeenCalled()
  await new Promise((resolve) => setImmediate(resolve))
  expect(onSettled.mock.calls).toEqual([[answer]])
})
