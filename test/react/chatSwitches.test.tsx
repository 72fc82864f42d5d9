import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useTypingIndicator } from 'react-linq-typing'
import { useEffect } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'
import { Field, typing, write } from './typedField.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  // What an unmount still sends must not travel by real timers into the next test.
  cleanup()
  vi.useRealTimers()
})

describe('switching chats', () => {
  it('stops the old chat, starts nothing in the new one, and clears the state (row 6)', async () => {
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

  it('there and back within a tick, during a start, stops once (row 6)', async () => {
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

  it('from no chat id to one makes no call before an edit (row 27)', async () => {
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

  it('to an id with a slash makes one call, with that id escaped, and the refusal is final (row 27)', async () => {
    // A mistake in the set-up is printed.
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
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
    expect(printed).toHaveBeenCalledOnce()
    printed.mockRestore()
  })
})

describe('stop() by the cleanup of an effect', () => {
  function StoppingField({ chatId }: { chatId: string }) {
    const { inputProps, sent, stop } = useTypingIndicator(chatId)
    useEffect(() => () => stop(), [stop, chatId])
    return (
      <>
        <textarea aria-label="stopping" {...inputProps} />
        <button onClick={() => sent(Promise.resolve({ queued: true }))}>Send</button>
      </>
    )
  }
  const leaveQueued = async () => {
    fireEvent.input(screen.getByLabelText('stopping'), { target: { value: 'hello' } })
    await pass(1_000)
    fireEvent.click(screen.getByText('Send'))
    await pass(5_000)
  }

  it('ends the bubble that a queued message left on, when its component goes (row 109)', async () => {
    const { linq, calls, show } = linqPage()
    const view = show(<StoppingField chatId={linq.addChat()} />)
    await leaveQueued()
    view.show(<p />)
    await pass(1_000)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('ends the bubble of the chat that is left, and none in the chat that is shown (row 109)', async () => {
    const { linq, calls, show } = linqPage()
    const [a, b] = [linq.addChat(), linq.addChat()]
    const page = (chatId: string) => (
      <>
        <StoppingField chatId={chatId} />
        <Field chatId={b} />
      </>
    )
    const view = show(page(a))
    await leaveQueued()
    write('h')
    await pass(200)
    view.show(page(b))
    await pass(1_000)
    expect(calls(a)).toEqual(['start', 'stop'])
    expect(calls(b)).toEqual(['start'])
  })
})
