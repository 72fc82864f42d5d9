import { readdirSync, readFileSync } from 'node:fs'
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
  const { failures, policy } = await import('./facts.js')
  const actions: string[] = []
  const sessions = createTypingSessions({
    policy: () => policy,
    failures: () => failures,
    fetcher: ({ action }) => {
      actions.push(action)
      return Promise.resolve()
    },
  })
  const input = sessions.join('chat')
  input.keystroke(true)
  await vi.advanceTimersByTimeAsync(policy.idleTimeout)
  expect(actions).toEqual(['start', 'stop'])
  vi.unstubAllGlobals()
})

it.each(['src/core', 'test/core'])('%s does not know which service it calls', (folder) => {
  const service = ['li', 'nq'].join('')
  const files = readdirSync(folder).filter((name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8').toLowerCase()
    return text.replaceAll(`react-${service}-typing`, '').includes(service)
  })
  expect(files).toEqual([])
})
