import { afterEach, beforeEach, expect, it, vi } from 'vitest'

vi.mock('react', () => {
  throw new Error('the core knows no React')
})
vi.mock('@tanstack/react-query', () => {
  throw new Error('the core knows no TanStack Query')
})

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

it('a session lives without React, TanStack Query, a DOM or a fetch', async () => {
  vi.stubGlobal('fetch', undefined)
  const { createTypingSessions } = await import('../../src/core/sessions.js')
  const { linqPolicy } = await import('../../src/linq/policy.js')
  const { linqFailures } = await import('../../src/linq/failures.js')
  const actions: string[] = []
  const sessions = createTypingSessions({
    policy: () => linqPolicy,
    failures: linqFailures,
    fetcher: ({ action }) => {
      actions.push(action)
      return Promise.resolve()
    },
  })
  const input = sessions.join('chat')
  input.keystroke(true)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(actions).toEqual(['start', 'stop'])
  vi.unstubAllGlobals()
})
