import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import {
  definePolicy,
  linqPolicy,
  type TypingError,
  TypingProvider,
  useTypingIndicator,
} from 'react-linq-typing'
import { type ReactElement, useEffect, useState } from 'react'
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

describe('what the hook returns', () => {
  it('keeps its identity, and changes only with the status, error, isTyping or retryAt (row 41)', async () => {
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

  it('may be called after unmounting', async () => {
    const { linq, calls, show } = linqPage()
    const view = show(<Field chatId={linq.addChat()} />)
    view.unmount()
    typing.keystroke()
    typing.sent(Promise.reject(new Error('not sent')).catch(() => undefined))
    typing.stop()
    typing.reset()
    expect(vi.getTimerCount()).toBe(0)
    await pass(60_000)
    expect(calls()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a message that is said to be sent', () => {
  /** Somebody writes for five seconds, until the message has arrived. */
  async function writeOn() {
    for (let second = 0; second < 5; second++) {
      write('h'.repeat(second + 1))
      await pass(1_000)
    }
  }

  it('before its chat has an id leaves no timer once everything is unmounted (row 22)', async () => {
    const { show } = linqPage()
    const view = show(<Field chatId={null} />)
    let arrive: () => void = () => undefined
    typing.sent()
    typing.sent(new Promise<void>((resolve) => (arrive = resolve)))
    await pass(0)
    view.unmount()
    expect(vi.getTimerCount()).toBe(0)
    arrive()
    await pass(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('after its hook is gone left in the chat of that hook, and in no later one (row 116)', async () => {
    const { linq, calls, show } = linqPage({ deliveryDelay: 2_000 })
    const [ada, bob] = [linq.addChat(), linq.addChat()]
    const view = show(<Field chatId={ada} />)
    const { sent } = typing
    view.show(<></>)
    sent()
    view.show(<Field key="bob" chatId={bob} />)
    await writeOn()
    expect(calls(bob)).toEqual(['start'])
    expect(calls(ada)).toEqual([])
  })

  it('after its hook is gone has its chat corrected for who comes back (row 116)', async () => {
    const { linq, calls, show } = linqPage()
    const chatId = linq.addChat()
    const view = show(<Field chatId={chatId} />)
    const { sent } = typing
    view.show(<></>)
    sent()
    view.show(<Field key="again" chatId={chatId} />)
    await writeOn()
    expect(calls()).toEqual(['start', 'start'])
  })
})

it('two providers on one chat behave as two people would (row 63)', async () => {
  const { linq, fetcher, calls } = linqPage()
  const chatId = linq.addChat()
  const one = (
    <TypingProvider fetcher={fetcher}>
      <Field chatId={chatId} />
    </TypingProvider>
  )
  const view = render(
    <>
      <div>{one}</div>
      <p>{one}</p>
    </>,
  )
  for (const field of screen.getAllByLabelText('Message')) fireEvent.input(field, { target: { value: 'h' } })
  await pass(200)
  expect(calls()).toEqual(['start', 'start'])
  view.rerender(
    <>
      <div />
      <p>{one}</p>
    </>,
  )
  await pass(200)
  expect(calls()).toEqual(['start', 'start', 'stop'])
  expect(typing).toMatchObject({ status: 'active', isTyping: true })
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

describe('after the whole page is unmounted', () => {
  /** Two chats: one's own, and one in which a message that is still being sent is about to clear the bubble. */
  async function unmounted(own: ReactElement) {
    const { linq, calls, show } = linqPage()
    const view = show(own)
    const { sent } = typing
    view.show(
      <>
        {own}
        <p>
          <Field chatId={linq.addChat()} />
        </p>
      </>,
    )
    fireEvent.input(screen.getAllByLabelText('Message').at(-1)!, { target: { value: 'h' } })
    await pass(200)
    typing.sent(new Promise(() => undefined))
    view.unmount()
    return { calls, sent }
  }

  it.each([
    ['sent()', () => undefined],
    ['sent() with a send that is pending', () => new Promise(() => undefined)],
    ['sent() with a send that fails', () => Promise.reject(new Error('not sent'))],
  ])('%s sets no timer, and makes no call in any chat (row 22)', async (_, send) => {
    const { calls, sent } = await unmounted(<Field chatId="own" />)
    sent(send())
    expect(vi.getTimerCount()).toBe(0)
    await pass(60_000)
    expect(calls()).toEqual(['start'])
  })

  it('stop() from the cleanup of an effect sets no timer, and makes no call in another chat (row 22)', async () => {
    function Stopping() {
      const { stop } = useTypingIndicator('own')
      useEffect(() => stop, [stop])
      return null
    }
    const { calls } = await unmounted(
      <>
        <Field chatId="own" />
        <Stopping />
      </>,
    )
    expect(vi.getTimerCount()).toBe(0)
    await pass(60_000)
    expect(calls()).toEqual(['start'])
  })
})

describe('what the hook reads when needed', () => {
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

  it('is one session for a component that renders with every key (row 13)', () => {
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
    'that changes while someone composes applies at once: an idle timeout of %i ms',
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
    'turned off on %s ends the bubble, and turned on waits for an edit (row 50, row 51, row 52)',
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

  it('false from the start announces nothing (row 50)', async () => {
    const { linq, show } = linqPage()
    show(<Field chatId={linq.addChat()} enabled={false} />)
    write('h')
    await pass(60_000)
    expect(linq.calls).toEqual([])
  })
})

describe('a mistake in the set-up', () => {
  it('throws what to do if there is no provider', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => render(<Field chatId="x" />)).toThrow(/useTypingIndicator found no <TypingProvider>.*Wrap/)
    quiet.mockRestore()
  })

  it('throws what to pass if there is no fetcher', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => render(<TypingProvider fetcher={undefined as never} />)).toThrow(
      /needs a fetcher.*createHttpFetcher/,
    )
    quiet.mockRestore()
  })

  it('throws nothing if the fetcher throws: it is a status', async () => {
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
