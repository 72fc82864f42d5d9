import { MutationCache, QueryClient } from '@tanstack/react-query'
import { act, fireEvent, screen } from '@testing-library/react'
import { useTypingIndicator } from 'react-linq-typing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'

type Callback = 'onMutate' | 'onSuccess' | 'onError' | 'onSettled'

const statuses: string[] = []

function Field({ chatId }: { chatId: string }) {
  const { inputProps, status } = useTypingIndicator(chatId)
  if (statuses.at(-1) !== status) statuses.push(status)
  return <textarea {...inputProps} />
}

const field = () => screen.getByRole('textbox')
const write = (text: string, into = field()) => fireEvent.input(into, { target: { value: text } })

/** A message begun, emptied and begun again, at a Linq that answers every call alike. */
async function live(queryClient: QueryClient, status: number) {
  statuses.length = 0
  const { linq, calls, show } = linqPage({
    provider: { queryClient },
    network: () => ({ up: 80, down: 80, answer: { status } }),
  })
  const chatId = linq.addChat()
  const view = show(<Field chatId={chatId} />)
  for (const text of ['h', '', 'again']) {
    write(text)
    await pass(5_000)
  }
  const left = queryClient.getMutationCache().getAll().length
  view.unmount()
  await pass(60_000)
  return { calls: calls(), statuses: [...statuses], left, timers: vi.getTimerCount() }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const misdeeds: [name: string, misdeed: () => Promise<void> | void, callbacks: Callback[]][] = [
  ['hangs', () => new Promise(() => {}), ['onMutate', 'onSuccess', 'onError', 'onSettled']],
  [
    'takes 20 s',
    () => new Promise((resolve) => setTimeout(resolve, 20_000)),
    ['onMutate', 'onSuccess', 'onError', 'onSettled'],
  ],
  // What the other two throw after a failure TanStack Query reports as unhandled, in the app's name.
  [
    'throws',
    () => {
      throw new Error('the app’s own')
    },
    ['onMutate', 'onSuccess'],
  ],
  ['rejects', () => Promise.reject(new Error('the app’s own')), ['onMutate', 'onSuccess']],
]

it.each(
  misdeeds.flatMap(([name, misdeed, callbacks]) =>
    callbacks.flatMap((callback) => [204, 500].map((status) => [callback, name, status, misdeed] as const)),
  ),
)(
  'a query client whose %s %s changes no call and no status, and keeps no mutation, if Linq answers %i (row 38, row 40)',
  async (callback, _name, status, misdeed) => {
    const hostile = vi.fn(misdeed)
    const mutationCache = new MutationCache({ [callback]: hostile })
    const defaultOptions = {
      mutations: { retry: 3, throwOnError: true, gcTime: Infinity, [callback]: hostile },
    }
    const outcome = await live(new QueryClient({ mutationCache, defaultOptions }), status)
    expect(outcome).toEqual(await live(new QueryClient(), status))
    expect(outcome).toMatchObject({ left: 0, timers: 0 })
    const isReached = callback !== (status === 204 ? 'onError' : 'onSuccess')
    expect(hostile.mock.calls.length > 0).toBe(isReached)
  },
)

it('a thousand calls leave no mutation in the app’s query client, and never make it hold two (row 37)', async () => {
  const queryClient = new QueryClient({ defaultOptions: { mutations: { gcTime: Infinity } } })
  const fetcher = vi.fn(() => Promise.resolve())
  const { linq, show } = linqPage({ provider: { queryClient, fetcher } })
  show(<Field chatId={linq.addChat()} />)
  const into = field()
  let most = 0
  await act(async () => {
    for (let call = 0; call < 1_000; call++) {
      write(call % 2 === 0 ? 'h' : '', into)
      most = Math.max(most, queryClient.getMutationCache().getAll().length)
      await vi.advanceTimersByTimeAsync(1)
    }
  })
  expect(fetcher).toHaveBeenCalledTimes(1_000)
  expect(most).toBe(1)
  expect(queryClient.getMutationCache().getAll()).toEqual([])
}, 30_000)

it('a fetcher that ignores its signal leaves the app’s query client at the timeout (row 37, row 39)', async () => {
  const queryClient = new QueryClient()
  const signals: AbortSignal[] = []
  const fetcher = ({ signal }: { signal: AbortSignal }) => {
    signals.push(signal)
    return new Promise<void>(() => {})
  }
  const { linq, show } = linqPage({ provider: { queryClient, fetcher } })
  show(<Field chatId={linq.addChat()} />)
  write('h')
  await pass(4_999)
  expect(queryClient.getMutationCache().getAll()).toHaveLength(1)
  await pass(1)
  expect(signals[0]?.aborted).toBe(true)
  expect(queryClient.getMutationCache().getAll()).toEqual([])
})
