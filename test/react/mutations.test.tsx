import { cleanup, render, screen } from '@testing-library/react'
import { QueryCache, MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { TypingProvider } from 'react-linq-typing'
import { Component, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'
import { Field, field, typing, write } from './typedField.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  // What an unmount still sends must not travel by real timers into the next test.
  cleanup()
  vi.useRealTimers()
})

describe('typing mutations', () => {
  const hostile = () =>
    new QueryClient({
      queryCache: new QueryCache(),
      mutationCache: new MutationCache({
        onMutate: () => new Promise(() => {}),
      }),
      defaultOptions: {
        mutations: {
          retry: 3,
          throwOnError: true,
          networkMode: 'online',
          gcTime: Infinity,
          scope: { id: 'one' },
        },
      },
    })

  class Boundary extends Component<{ children: ReactNode }> {
    override state = { hasFailed: false }
    static getDerivedStateFromError() {
      return { hasFailed: true }
    }
    override render() {
      return this.state.hasFailed ? 'crashed' : this.props.children
    }
  }

  it('run under the chat’s key in the app’s query client, and are removed afterwards (row 37)', async () => {
    const queryClient = new QueryClient()
    const { linq, show } = linqPage({ provider: { queryClient } })
    const chatId = linq.addChat()
    show(<Field chatId={chatId} />)
    write('h')
    const [mutation] = queryClient.getMutationCache().getAll()
    expect(mutation?.options).toMatchObject({
      mutationKey: ['typing', chatId],
      meta: { typing: true },
      retry: false,
      networkMode: 'always',
      gcTime: 0,
    })
    expect(mutation?.state).toMatchObject({
      status: 'pending',
      isPaused: false,
      variables: { action: 'start' },
    })
    await pass(200)
    expect(queryClient.getMutationCache().getAll()).toEqual([])
  })

  it('never retry, crash or wait, whatever the query client’s defaults and callbacks (row 38, row 40)', async () => {
    const queryClient = hostile()
    const { linq, show } = linqPage({
      provider: { queryClient },
      network: () => ({ answer: { status: 500 } }),
    })
    const chatId = linq.addChat()
    show(
      <Boundary>
        <Field chatId={chatId} />
      </Boundary>,
    )
    write('h')
    await pass(100)
    expect(linq.calls).toHaveLength(1)
    expect(typing).toMatchObject({ status: 'waiting', error: { reason: 'server' } })
    expect(screen.queryByText('crashed')).toBeNull()
  })

  it('are removed when the provider unmounts, answered or not (row 37)', async () => {
    const queryClient = new QueryClient()
    const { linq, show } = linqPage({ provider: { queryClient, fetcher: () => new Promise(() => {}) } })
    const view = show(<Field chatId={linq.addChat()} />)
    write('h')
    expect(queryClient.getMutationCache().getAll()).toHaveLength(1)
    view.unmount()
    await pass(0)
    expect(queryClient.getMutationCache().getAll()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('are removed when the provider unmounts, even a stop that it still owes (row 37)', async () => {
    const queryClient = new QueryClient()
    const answers: (() => void)[] = []
    const fetcher = () => new Promise<void>((resolve) => answers.push(resolve))
    const { linq, show } = linqPage({ provider: { queryClient, fetcher } })
    const view = show(<Field chatId={linq.addChat()} />)
    write('h')
    view.unmount()
    answers[0]?.()
    await pass(0)
    expect(answers).toHaveLength(2)
    expect(queryClient.getMutationCache().getAll()).toEqual([])
  })

  it('stay out of the app’s query client unless it is passed in (row 30)', async () => {
    const onError = vi.fn()
    const { linq, calls, fetcher } = linqPage({ network: () => ({ answer: { status: 500 } }) })
    const app = new QueryClient({ mutationCache: new MutationCache({ onError }) })
    render(
      <QueryClientProvider client={app}>
        <TypingProvider fetcher={fetcher}>
          <Field chatId={linq.addChat()} />
        </TypingProvider>
      </QueryClientProvider>,
    )
    for (let key = 0; key < 100; key++) {
      write('h'.repeat(key + 1))
      await pass(1_000)
    }
    expect(calls().length).toBeGreaterThan(1)
    expect(app.getMutationCache().getAll()).toEqual([])
    expect(onError).not.toHaveBeenCalled()
  })
})

describe('a 401 on typing alone', () => {
  it('keeps the text and logs nobody out: its mutation is marked (row 43)', async () => {
    const logOut = vi.fn()
    const queryClient = new QueryClient({
      mutationCache: new MutationCache({
        onError: (_error, _variables, _context, mutation) => {
          if (mutation.meta?.typing !== true) logOut()
        },
      }),
    })
    const { linq, show } = linqPage({ token: 'right', provider: { queryClient } })
    show(<Field chatId={linq.addChat()} />)
    write('hello')
    await pass(200)
    expect(typing.error).toMatchObject({ reason: 'unauthorized', isFinal: false })
    expect(field().value).toBe('hello')
    expect(logOut).not.toHaveBeenCalled()
  })
})

describe('a chat that accepts and shows nothing', () => {
  it.each([{ service: 'SMS' as const }, { lastMessageAt: null }])(
    'is still active: accepted doesn’t mean shown (row 45)',
    async (chat) => {
      const { linq, show } = linqPage({ inactive: 'hidden' })
      const chatId = linq.addChat(chat)
      show(<Field chatId={chatId} />)
      write('h')
      await pass(200)
      expect(typing.status).toBe('active')
      expect(linq.recipientSees(chatId)).toBe(false)
    },
  )
})
