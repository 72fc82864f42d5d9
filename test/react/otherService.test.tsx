import { cleanup, render } from '@testing-library/react'
import {
  createHttpFetcher,
  definePolicy,
  linqService,
  TypingError,
  type TypingFetcher,
  TypingProvider,
  type TypingProviderProps,
  type TypingService,
} from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from './linqPage.js'
import { Field, typing, write } from './typedField.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

/** All that the package has to know of a service that it has never heard of. */
const pigeonPost: TypingService = {
  policy: definePolicy({
    minLifetime: 5_000,
    maxLifetime: 5_000,
    refreshInterval: 3_500,
    idleTimeout: 1_000,
    deliveryWindow: 0,
    timeout: 2_000,
  }),
  failures: {
    readRefusal({ status, body, code = (body as { pigeon?: number } | undefined)?.pigeon, cause }) {
      return new TypingError({ reason: code === 42 ? 'gone' : 'server', status, code, cause })
    },
    waitAfter: (_, failures) => 4_000 * failures,
    waitForNetwork: 1_000,
  },
}

/** A fetcher that throws each answer in turn, as a fetcher of one's own may, and then accepts. */
function fetcherOf(...answers: object[]) {
  const calls: string[] = []
  const fetcher: TypingFetcher = ({ action }) => {
    calls.push(`${action} ${Date.now()}`)
    const answer = answers.shift()
    return answer === undefined ? Promise.resolve() : Promise.reject(answer)
  }
  return { calls, fetcher }
}

function show(props: TypingProviderProps) {
  const page = (next: Partial<TypingProviderProps> = {}) => (
    <TypingProvider {...props} {...next}>
      <Field chatId="chat" />
    </TypingProvider>
  )
  const { rerender } = render(page())
  return (next: Partial<TypingProviderProps>) => rerender(page(next))
}

async function typeFor(duration: number) {
  for (let passed = 0; passed < duration; passed += 500) {
    write(`text ${Date.now()}`)
    await pass(500)
  }
}

describe('a service of one’s own', () => {
  it('says how long things last', async () => {
    const { calls, fetcher } = fetcherOf()
    show({ fetcher, service: pigeonPost })
    await typeFor(4_000)
    await pass(10_000)
    expect(calls).toEqual(['start 0', 'start 3500', 'stop 4500'])
  })

  it('leaves it to policy, where there is one, how long things last', async () => {
    const { calls, fetcher } = fetcherOf()
    const policy = definePolicy({ ...pigeonPost.policy, refreshInterval: 2_500, idleTimeout: 2_000 })
    show({ fetcher, service: pigeonPost, policy })
    await typeFor(4_000)
    await pass(10_000)
    expect(calls).toEqual(['start 0', 'start 2500', 'stop 5500'])
  })

  it('says which refusals are final', async () => {
    const { calls, fetcher } = fetcherOf({ status: 400, code: 42 })
    show({ fetcher, service: pigeonPost })
    await typeFor(60_000)
    expect(calls).toEqual(['start 0'])
    expect(typing).toMatchObject({ status: 'unavailable', error: { reason: 'gone', status: 400, code: 42 } })
  })

  it('says how long to wait after the others', async () => {
    const { calls, fetcher } = fetcherOf({ status: 400 }, { status: 400 })
    show({ fetcher, service: pigeonPost })
    await typeFor(13_000)
    expect(calls).toEqual(['start 0', 'start 4000', 'start 12000'])
  })

  it('reads the bodies that the HTTP fetcher gets', async () => {
    const fetch = vi.fn(() => Promise.resolve(Response.json({ pigeon: 42 }, { status: 409 })))
    const options = { url: (chatId: string) => `/api/pigeons/${chatId}`, fetch }
    show({ fetcher: createHttpFetcher({ ...options, service: pigeonPost }), service: pigeonPost })
    await typeFor(10_000)
    expect(fetch).toHaveBeenCalledOnce()
    expect(typing).toMatchObject({ status: 'unavailable', error: { reason: 'gone', status: 409, code: 42 } })
  })

  it('may change only what a refusal means at Linq', async () => {
    const { readRefusal } = pigeonPost.failures
    const service = { ...linqService, failures: { ...linqService.failures, readRefusal } }
    const { calls, fetcher } = fetcherOf({ status: 503 }, { status: 503, code: 42 })
    show({ fetcher, service })
    await typeFor(60_000)
    expect(calls).toEqual(['start 0', 'start 2000'])
    expect(typing.status).toBe('unavailable')
  })

  it('is read when it is needed, so that it may change', async () => {
    const { calls, fetcher } = fetcherOf()
    const showAgain = show({ fetcher })
    await typeFor(4_000)
    expect(calls).toEqual(['start 0'])
    showAgain({ service: pigeonPost })
    await typeFor(500)
    expect(calls).toEqual(['start 0', 'start 4000'])
  })
})

it('without a service of one’s own, or with null, Linq’s is the service', async () => {
  for (const service of [undefined, null, linqService]) {
    vi.setSystemTime(0)
    const { calls, fetcher } = fetcherOf({ status: 409, code: 2013 })
    show({ fetcher, service })
    await typeFor(10_000)
    expect(calls).toEqual(['start 0'])
    expect(typing).toMatchObject({ status: 'unavailable', error: { reason: 'gone', code: 2013 } })
    cleanup()
  }
})
