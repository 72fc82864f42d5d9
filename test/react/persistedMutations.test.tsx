import {
  dehydrate,
  type DehydratedState,
  hydrate,
  onlineManager,
  QueryClient,
  QueryClientProvider,
} from '@tanstack/react-query'
import { fireEvent, screen } from '@testing-library/react'
import { type TypingFetcher, useTypingIndicator } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'

function Field({ chatId }: { chatId: string }) {
  const { inputProps, status } = useTypingIndicator(chatId)
  return <textarea data-status={status} {...inputProps} />
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const write = (text: string) => fireEvent.input(field(), { target: { value: text } })

/** An app's client that keeps whatever it does, at every change, as a persister does. */
function persisted() {
  const client = new QueryClient()
  const kept: string[] = []
  client.getMutationCache().subscribe(() => {
    kept.push(JSON.stringify(dehydrate(client, { shouldDehydrateMutation: () => true })))
  })
  return { client, kept: () => kept.map((state) => JSON.parse(state) as DehydratedState) }
}

/** The app's next life: what was kept is restored, paused or not, and resumed, online and once more. */
async function liveOn(state: DehydratedState): Promise<QueryClient> {
  const client = new QueryClient()
  client.mount()
  hydrate(client, state)
  await client.resumePausedMutations()
  onlineManager.setOnline(false)
  onlineManager.setOnline(true)
  await pass(0)
  return client
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  onlineManager.setOnline(true)
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a query client that persists every mutation', () => {
  it('keeps no paused typing mutation, so what it restores and resumes makes no call (row 35)', async () => {
    const { client, kept } = persisted()
    const { linq, calls, show } = linqPage({ provider: { queryClient: client } })
    const view = show(<Field chatId={linq.addChat()} />)
    onlineManager.setOnline(false)
    write('h')
    await pass(1_000)
    write('')
    await pass(1_000)
    view.unmount()
    expect(calls()).toEqual(['start', 'stop'])

    const inFlight = kept().filter(({ mutations }) => mutations.length > 0)
    const variables = inFlight.flatMap(({ mutations }) => mutations.map(({ state }) => state.variables))
    expect(variables).toContainEqual({ action: 'start' })
    expect(variables).toContainEqual({ action: 'stop' })
    for (const state of inFlight) {
      expect(state.mutations.map(({ state: { isPaused } }) => isPaused)).toEqual([false])
      expect(state.mutations[0]?.meta).toEqual({ typing: true })
      const next = await liveOn(state)
      next.unmount()
      next.clear()
    }
    await pass(60_000)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('keeps nothing of typing that has ended, well or badly (row 35, row 37)', async () => {
    for (const status of [204, 403, 429, 500]) {
      const { client, kept } = persisted()
      const { linq, show } = linqPage({
        provider: { queryClient: client },
        network: () => ({ answer: { status } }),
      })
      const view = show(<Field chatId={linq.addChat()} />)
      write('h')
      await pass(1_000)
      expect(linq.calls).toHaveLength(1)
      expect(kept().at(-1)?.mutations).toEqual([])
      view.unmount()
      await pass(1_000)
    }
  })

  it('restores a mutation that can’t make the call, even when run by hand (row 35)', async () => {
    const { client, kept } = persisted()
    const before = linqPage({ provider: { queryClient: client } })
    const chatId = before.linq.addChat()
    const view = before.show(<Field chatId={chatId} />)
    onlineManager.setOnline(false)
    write('h')
    view.unmount()

    const next = new QueryClient()
    const { linq, calls, show } = linqPage({ provider: { queryClient: next } })
    show(<Field chatId={linq.addChat({ id: chatId })} />)
    hydrate(
      next,
      kept().find(({ mutations }) => mutations[0]?.state.status === 'pending')!,
    )
    onlineManager.setOnline(true)
    await next.resumePausedMutations()
    const [restored] = next.getMutationCache().getAll()
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await expect(restored!.continue()).rejects.toThrow('No mutationFn found')
    quiet.mockRestore()
    await pass(60_000)
    expect(field().dataset.status).toBe('idle')
    expect(calls()).toEqual([])
    write('hi')
    await pass(200)
    expect(field().dataset.status).toBe('active')
    expect(calls()).toEqual(['start'])
  })
})

describe('TanStack Query’s onlineManager', () => {
  /** How each status comes about, and what stands there by then. */
  const states: Record<string, { latency?: number; refuse?: number; enter: () => Promise<void> }> = {
    idle: { enter: () => Promise.resolve() },
    starting: {
      latency: 1_000,
      async enter() {
        write('h')
        await pass(100)
      },
    },
    active: {
      async enter() {
        write('h')
        await pass(200)
      },
    },
    stopping: {
      latency: 1_000,
      async enter() {
        write('h')
        await pass(2_000)
        write('')
        await pass(100)
      },
    },
    waiting: {
      refuse: 500,
      async enter() {
        write('h')
        await pass(200)
      },
    },
    unavailable: {
      refuse: 403,
      async enter() {
        write('h')
        await pass(200)
      },
    },
  }

  /** A life in which the network may come and go; ends with what was called, and when. */
  async function live(name: string, isFlapping: boolean) {
    const { latency = 80, refuse, enter } = states[name]!
    const queryClient = new QueryClient()
    const begun = Date.now()
    const { linq, show } = linqPage({
      latency,
      provider: { queryClient },
      ...(refuse !== undefined && { network: () => ({ answer: { status: refuse } }) }),
    })
    const view = show(
      <QueryClientProvider client={queryClient}>
        <Field chatId={linq.addChat()} />
      </QueryClientProvider>,
    )
    await enter()
    expect(field().dataset.status).toBe(name)
    for (const [isOnline, text] of [
      [false, 'typed on'],
      [true, 'typed on, and on'],
      [false, ''],
      [true, ''],
      [false, 'again'],
      [true, 'again'],
    ] as const) {
      if (isFlapping) onlineManager.setOnline(isOnline)
      if (field().value !== text) write(text)
      await pass(1_000)
    }
    await pass(60_000)
    view.unmount()
    await pass(10_000)
    const calls = linq.calls.map(({ action, sentAt }) => [action, sentAt - begun])
    return { calls, left: queryClient.getMutationCache().getAll() }
  }

  it.each(Object.keys(states))(
    'going offline and back during %s replays no start and holds none back (row 35, row 40)',
    async (name) => {
      const steady = await live(name, false)
      expect(await live(name, true)).toEqual(steady)
      expect(steady.left).toEqual([])
    },
  )

  it('wrongly offline holds no start back, and sends none again later (row 35, row 40)', async () => {
    const started = vi.fn<TypingFetcher>(() => Promise.resolve())
    const queryClient = new QueryClient({
      defaultOptions: { mutations: { networkMode: 'online', retry: 3 } },
    })
    queryClient.setMutationDefaults(['typing'], { networkMode: 'offlineFirst', scope: { id: 'typing' } })
    queryClient.mount()
    const { show } = linqPage({ provider: { queryClient, fetcher: started } })
    show(<Field chatId="a" />)
    onlineManager.setOnline(false)
    write('h')
    expect(started).toHaveBeenCalledTimes(1)
    await pass(200)
    expect(field().dataset.status).toBe('active')
    onlineManager.setOnline(true)
    await pass(1_000)
    expect(started).toHaveBeenCalledTimes(1)
    queryClient.unmount()
  })
})
