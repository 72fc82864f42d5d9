import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { QueryCache, MutationCache, QueryClient } from '@tanstack/react-query'
import {
  definePolicy,
  linqPolicy,
  type TypingError,
  type TypingIndicator,
  TypingProvider,
  useTypingIndicator,
  type UseTypingIndicatorOptions,
} from 'react-linq-typing'
import { Component, type ReactNode, useEffect, useState } from 'react'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'

let typing: TypingIndicator
let renders = 0

function Field({ chatId, ...options }: UseTypingIndicatorOptions & { chatId: string | null | undefined }) {
  const current = useTypingIndicator(chatId, options)
  useEffect(() => {
    typing = current
    renders++
  })
  return <textarea aria-label="Message" {...current.inputProps} />
}

const field = () => screen.getByLabelText<HTMLTextAreaElement>('Message')
const write = (text: string) => fireEvent.input(field(), { target: { value: text } })

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  renders = 0
})
afterEach(() => {
  // What an unmount still sends must not travel by real timers into the next test.
  cleanup()
  vi.useRealTimers()
})

describe('an edit in the field', () => {
  it('starts in the same tick and shows the bubble one round trip later', async () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    show(<Field chatId={chatId} />)
    write('h')
    expect(calls()).toEqual(['start'])
    expect(typing).toMatchObject({ status: 'starting', isTyping: true, error: null })
    await pass(160)
    expect(linq.recipientSees(chatId)).toBe(true)
    expect(typing.status).toBe('active')
  })

  it('that leaves blank text stops (row 10, row 57)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('hi')
    await pass(200)
    write(' \u200B')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it.each(['a textarea', 'an editor'])('of %s counts by its text (row 10, row 49, row 57)', async (kind) => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} isTypingText={(text) => !text.startsWith('/')} />)
    const edit = (text: string) => (kind === 'an editor' ? typing.keystroke(text) : write(text))
    edit('/help')
    edit(' \u00A0')
    await pass(200)
    expect(calls()).toEqual([])
    edit('hi')
    await pass(200)
    edit(' \u200B')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('counts only where the app calls it typing (row 49)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} isTypingText={(text) => text !== '' && !text.startsWith('/')} />)
    write('/jo')
    expect(calls()).toEqual([])
    write('a')
    await pass(200)
    write('/a')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('that empties the field or leaves it blank is no typing, whatever the app calls typing (row 49)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} isTypingText={(text) => !text.startsWith('/')} />)
    write('   ')
    expect(calls()).toEqual([])
    write('hello')
    await pass(200)
    write('')
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('does not render the host: only a change of status does (row 9)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    const before = renders
    for (let key = 0; key < 200; key++) {
      write('h'.repeat(key + 2))
      await pass(100)
    }
    expect(renders).toBe(before)
  })
})

describe('what is not an edit', () => {
  it('makes no call: mounting, focus, blur, keys that write nothing, a new value (row 12, row 42, row 54, row 55, row 58)', async () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    function Controlled({ value }: { value: string }) {
      const { inputProps } = useTypingIndicator(chatId)
      return <textarea aria-label="Message" value={value} onChange={() => undefined} {...inputProps} />
    }
    const view = show(<Controlled value="a draft" />)
    for (let i = 0; i < 10; i++) view.show(<Controlled value={`draft ${i}`} />)
    for (let i = 0; i < 100; i++) {
      field().focus()
      field().blur()
    }
    for (const key of ['Shift', 'ArrowLeft', 'Escape', 'Tab', 'F5', 'Enter', 'CapsLock'])
      fireEvent.keyDown(field(), { key })
    await pass(60_000)
    expect(calls()).toEqual([])
    write('draft 9 and more')
    expect(calls()).toEqual(['start'])
  })
})

describe('a switch of chat', () => {
  it('stops the old one, starts nothing in the new one, and begins with a clean state (row 6)', async () => {
    const { linq, calls, show } = linqPage()
    const [a, b] = [linq.addChat(), linq.addChat({ isGroup: true })]
    const view = show(<Field chatId={b} />)
    write('h')
    await pass(200)
    expect(typing.status).toBe('unavailable')
    view.show(<Field chatId={a} />)
    expect(typing).toMatchObject({ status: 'idle', error: null, isTyping: false })
    write('hi')
    await pass(200)
    view.show(<Field chatId={b} />)
    expect(calls(a)).toEqual(['start', 'stop'])
    await pass(60_000)
    expect(calls(b)).toEqual(['start'])
    expect(linq.recipientSees(a)).toBe(false)
  })

  it('there and back within a tick, with the start held, stops once (row 6)', async () => {
    const { linq, calls, show } = linqPage({ latency: 1_000 })
    const [a, b] = [linq.addChat(), linq.addChat()]
    const view = show(<Field chatId={a} />)
    write('h')
    view.show(<Field chatId={b} />)
    view.show(<Field chatId={a} />)
    await pass(60_000)
    expect(calls(a)).toEqual(['start', 'stop'])
    expect(calls(b)).toEqual([])
  })

  it('from no chat to one makes no call before an edit (row 27)', async () => {
    const { linq, calls, show } = linqPage()
    const view = show(<Field chatId={undefined} />)
    write('h')
    view.show(<Field chatId={null} />)
    write('he')
    view.show(<Field chatId="" />)
    write('hel')
    const chatId = linq.addChat()
    view.show(<Field chatId={chatId} />)
    await pass(20_000)
    expect(linq.calls).toEqual([])
    write('hell')
    expect(calls(chatId)).toEqual(['start'])
  })

  it('to an id with a slash makes one call, to that very id, and is final (row 27)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId="a/../b?c#d" />)
    write('h')
    await pass(200)
    expect(linq.calls.map((call) => call.path)).toEqual([
      expect.stringContaining('/chats/a%2F..%2Fb%3Fc%23d/typing'),
    ])
    expect(typing).toMatchObject({
      status: 'unavailable',
      error: { reason: 'invalid', status: 400, code: 1005 },
    })
  })
})

describe('what the hook returns', () => {
  it('keeps its identity, and changes only with what is known (row 41)', async () => {
    const { linq, show } = linqPage()
    const chatId = linq.addChat()
    const view = show(<Field chatId={chatId} />)
    const first = typing
    view.show(<Field chatId={chatId} />)
    expect(typing).toBe(first)
    write('h')
    await pass(200)
    expect(typing).not.toBe(first)
    for (const name of ['keystroke', 'sent', 'stop', 'reset', 'inputProps'] as const)
      expect(typing[name]).toBe(first[name])
    expect(typing.keystroke()).toBeUndefined()
    expect(typing.sent(Promise.resolve())).toBeUndefined()
    expect(typing.stop()).toBeUndefined()
    expect(typing.reset()).toBeUndefined()
  })

  it('may be called before and after the component lives', async () => {
    const { linq, calls, show } = linqPage()
    const view = show(<Field chatId={linq.addChat()} />)
    view.unmount()
    typing.keystroke()
    typing.sent(Promise.reject(new Error('not sent')).catch(() => undefined))
    typing.stop()
    typing.reset()
    await pass(60_000)
    expect(calls()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('unmounting', () => {
  it.each([0, 100, 200, 9_999, 10_050, 20_000])(
    'at %i ms ends the session once, and leaves no timer and no listener (row 22)',
    async (at) => {
      const added = vi.spyOn(EventTarget.prototype, 'addEventListener')
      const removed = vi.spyOn(EventTarget.prototype, 'removeEventListener')
      const { linq, calls, show } = linqPage()
      const chatId = linq.addChat()
      const view = show(<Field chatId={chatId} />)
      const pageListeners = (spy: typeof added) =>
        spy.mock.calls
          .filter((_, i) => [window, document].includes(spy.mock.contexts[i] as never))
          .map(([type]) => type)
          .filter((type) => /visibility|page|freeze|resume|line/.test(type))
          .sort()
      write('h')
      await pass(at)
      view.unmount()
      await pass(400)
      expect(calls().filter((action) => action === 'stop')).toHaveLength(1)
      expect(linq.recipientSees(chatId)).toBe(false)
      expect(pageListeners(added)).toEqual(pageListeners(removed))
      expect(pageListeners(added).length).toBeGreaterThan(0)
      expect(vi.getTimerCount()).toBe(0)
      vi.restoreAllMocks()
    },
  )
})

describe('what is read when needed', () => {
  it('is the latest fetcher, options and callbacks, never an old one (row 13, row 34)', async () => {
    const { linq, calls, show } = linqPage({ groups: 'refused' })
    const chatId = linq.addChat({ isGroup: true })
    const used: string[] = []
    const errors: string[] = []
    const named = (name: string) => ({
      fetcher: (request: { action: string }) => {
        used.push(`${name} ${request.action}`)
        return Promise.reject(Object.assign(new Error('no'), { status: 500 }))
      },
    })
    const view = show(<Field chatId={chatId} onError={() => errors.push('first')} />)
    view.show(<Field chatId={chatId} onError={() => errors.push('second')} />, named('one'))
    view.show(
      <Field chatId={chatId} onError={(error: TypingError) => errors.push(error.reason)} />,
      named('two'),
    )
    write('h')
    await pass(200)
    expect(used).toEqual(['two start'])
    expect(errors).toEqual(['server'])
    expect(calls()).toEqual([])
  })

  it('is one session for a host that renders with every key (row 13)', () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    function Host() {
      const [text, setText] = useState('')
      const { inputProps } = useTypingIndicator(chatId, { isTypingText: (value) => value !== '' })
      return (
        <textarea
          aria-label="Message"
          value={text}
          onChange={(event) => setText(event.target.value)}
          {...inputProps}
        />
      )
    }
    show(<Host />)
    for (let key = 1; key <= 10; key++) write('h'.repeat(key))
    expect(field().value).toBe('h'.repeat(10))
    expect(calls()).toEqual(['start'])
  })
})

describe('a policy', () => {
  it.each([4_000, 11_000])(
    'that changes while someone composes is the one in use: an idle timeout of %i ms',
    async (idleTimeout) => {
      const { linq, calls, show } = linqPage()
      const chatId = linq.addChat()
      const view = show(<Field chatId={chatId} />)
      write('h')
      await pass(200)
      view.show(<Field chatId={chatId} />, { policy: definePolicy({ ...linqPolicy, idleTimeout }) })
      write('he')
      await pass(idleTimeout - 1)
      expect(calls()).toEqual(['start'])
      await pass(1)
      expect(calls()).toEqual(['start', 'stop'])
    },
  )
})

describe('enabled', () => {
  it.each(['the hook', 'the provider'] as const)(
    'of %s turned off ends the bubble, and turned on waits for an edit (row 50, row 51, row 52)',
    async (where) => {
      const { linq, calls, show } = linqPage()
      const chatId = linq.addChat()
      const view = show(<Field chatId={chatId} />)
      const enable = (enabled: boolean) =>
        where === 'the hook'
          ? view.show(<Field chatId={chatId} enabled={enabled} />)
          : view.show(<Field chatId={chatId} />, { enabled })
      write('h')
      await pass(200)
      enable(false)
      expect(calls()).toEqual(['start', 'stop'])
      write('he')
      await pass(200)
      enable(true)
      await pass(60_000)
      expect(calls()).toEqual(['start', 'stop'])
      write('hel')
      expect(calls()).toEqual(['start', 'stop', 'start'])
    },
  )

  it('false from the beginning announces nothing (row 50)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} enabled={false} />)
    write('h')
    await pass(60_000)
    expect(linq.calls).toEqual([])
  })
})

describe('the page', () => {
  const setVisibility = (state: 'visible' | 'hidden') => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    fireEvent(document, new Event('visibilitychange'))
  }
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('hidden ends the bubble at once; shown again it is idle until an edit (row 19)', async () => {
    const { linq, calls, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    setVisibility('hidden')
    expect(calls()).toEqual(['start', 'stop'])
    setVisibility('visible')
    await pass(1_000)
    expect(typing.status).toBe('idle')
    expect(calls()).toEqual(['start', 'stop'])
    write('he')
    expect(calls()).toEqual(['start', 'stop', 'start'])
  })

  it.each([
    ['left and come back to', () => [window, 'pagehide', 'pageshow'] as const],
    ['frozen and resumed', () => [document, 'freeze', 'resume'] as const],
  ])(
    '%s, whatever it says of being visible, ends the bubble and starts with an edit (row 19)',
    async (_, life) => {
      const { linq, calls, show } = linqPage()
      show(<Field chatId={linq.addChat()} />)
      const [target, goes, returns] = life()
      write('h')
      await pass(200)
      fireEvent(target, new Event(goes))
      write('he')
      expect(calls()).toEqual(['start', 'stop'])
      fireEvent(target, new Event(returns))
      await pass(1_000)
      expect(calls()).toEqual(['start', 'stop'])
      write('hel')
      expect(calls()).toEqual(['start', 'stop', 'start'])
    },
  )

  it('that goes offline under a bubble waits at once (row 36)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(200)
    expect(typing.status).toBe('active')
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    fireEvent(window, new Event('offline'))
    await pass(0)
    expect(typing.status).toBe('waiting')
  })

  it('offline makes no call and waits; online again it starts with an edit (row 35)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} />)
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    fireEvent(window, new Event('offline'))
    write('h')
    await pass(0)
    expect(typing).toMatchObject({ status: 'waiting', error: { reason: 'offline' }, retryAt: null })
    onLine.mockReturnValue(true)
    fireEvent(window, new Event('online'))
    await pass(5_000)
    expect(linq.calls).toEqual([])
    write('he')
    expect(linq.calls).toHaveLength(1)
  })

  it('has one set of listeners for a thousand fields', () => {
    const added = vi.spyOn(window, 'addEventListener')
    const { linq, show } = linqPage()
    const chats = Array.from({ length: 1_000 }, () => linq.addChat())
    show(
      <>
        {chats.map((chatId) => (
          <Field key={chatId} chatId={chatId} />
        ))}
      </>,
    )
    // StrictMode mounts twice.
    expect(added.mock.calls.filter(([type]) => type === 'pagehide')).toHaveLength(inject('isStrict') ? 2 : 1)
  })
})

describe('the mutations', () => {
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

  it('run under the chat’s key in the app’s client, and are gone afterwards (row 37)', async () => {
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

  it('neither retry nor crash nor wait, whatever the client’s defaults and callbacks (row 38, row 40)', async () => {
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

  it('are gone with the provider, answered or not (row 37)', async () => {
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

  it('are gone with the provider, a stop that it still owed included (row 37)', async () => {
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

  it('are not seen by the app’s own client unless it is given (row 30)', async () => {
    const onError = vi.fn()
    const { linq, show } = linqPage({ network: () => ({ answer: { status: 500 } }) })
    new QueryClient({ mutationCache: new MutationCache({ onError }) }).mount()
    show(<Field chatId={linq.addChat()} />)
    for (let key = 0; key < 100; key++) {
      write('h'.repeat(key + 1))
      await pass(1_000)
    }
    expect(onError).not.toHaveBeenCalled()
  })
})

describe('a 401 on typing alone', () => {
  it('leaves the text and the host’s handling of sessions alone: its mutation is marked (row 43)', async () => {
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
    'is active all the same: accepted is not seen (row 45)',
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

describe('bad input', () => {
  it('without a provider is an error that says what to do', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => render(<Field chatId="x" />)).toThrow(/useTypingIndicator found no <TypingProvider>.*Wrap/)
    quiet.mockRestore()
  })

  it('without a fetcher is an error that says what to pass', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => render(<TypingProvider fetcher={undefined as never} />)).toThrow(
      /needs a fetcher.*createHttpFetcher/,
    )
    quiet.mockRestore()
  })

  it('of a fetcher that throws at once is a quiet status', async () => {
    const { linq, show } = linqPage({
      provider: {
        fetcher: () => {
          throw new Error('no')
        },
      },
    })
    show(<Field chatId={linq.addChat()} />)
    write('h')
    await pass(0)
    expect(typing).toMatchObject({ status: 'waiting', error: { reason: 'network' } })
    expect(field().value).toBe('h')
  })
})
