import { render, screen } from '@testing-library/react'
import * as React from 'react'
import { ComposeBox, type ComposeBoxProps, TypingProvider } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../../linqPage.js'
import { field, held, press, write } from '../openBox.js'

const uncaught = vi.fn<(error: Error) => void>()
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  process.on('uncaughtException', uncaught)
})
afterEach(() => {
  process.off('uncaughtException', uncaught)
  uncaught.mockReset()
  vi.useRealTimers()
})

/** A page with a box whose message is on its way. */
function sendFrom(props: Partial<ComposeBoxProps> = {}, text = 'the report is done') {
  const page = linqPage()
  const chatId = page.linq.addChat()
  const sending = held()
  const box = (more: Partial<ComposeBoxProps> = {}) => (
    <ComposeBox
      chatId={chatId}
      onSend={() => sending.promise}
      onSendError={() => undefined}
      {...props}
      {...more}
    />
  )
  const view = page.show(box())
  write(text)
  press('Enter')
  return {
    chatId,
    show: (more: Partial<ComposeBoxProps> = {}) => view.show(box(more)),
    closeBox: () => view.show(<p />),
    closeProvider: () => view.unmount(),
    fail: async () => {
      sending.reject(error)
      await pass(0)
    },
  }
}

const wait = new Promise<void>(() => {})
function Waits(): React.ReactNode {
  // React 18 has no `use`.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw wait
}

const provided = (children: React.ReactNode) => (
  <TypingProvider fetcher={() => Promise.resolve()}>{children}</TypingProvider>
)
const suspended = (children: React.ReactNode) => <React.Suspense fallback="…">{children}</React.Suspense>

const error = new Error('503')
const lost = () => uncaught.mock.calls.map(([{ message, cause }]) => ({ message, cause }))

describe('a failed message that no box can take back', () => {
  it('goes to onSendFailed when the provider is gone (row 94)', async () => {
    const onSendFailed = vi.fn()
    const { chatId, closeProvider, fail } = sendFrom({ onSendFailed })
    closeProvider()
    await fail()
    expect(onSendFailed.mock.calls).toEqual([['the report is done', { chatId, error }]])
    expect(lost()).toEqual([])
  })

  it('is an uncaught error that quotes it when the provider is gone (row 94)', async () => {
    const { closeProvider, fail } = sendFrom()
    closeProvider()
    await fail()
    expect(lost()).toHaveLength(1)
    expect(lost()[0]!.message).toContain('“the report is done”')
    expect(lost()[0]!.cause).toBe(error)
  })

  it('is an uncaught error when the provider is gone while another chat was shown (row 94)', async () => {
    const { closeProvider, show, fail } = sendFrom()
    show({ chatId: 'another' })
    closeProvider()
    await fail()
    expect(lost()).toHaveLength(1)
  })

  it('is an uncaught error when the provider unmounts while the message waits in its chat (row 94)', async () => {
    const { closeProvider, show, fail } = sendFrom()
    show({ chatId: 'another' })
    await fail()
    expect(lost()).toEqual([])
    closeProvider()
    await pass(0)
    expect(lost()).toHaveLength(1)
  })

  it('is an uncaught error when its box had no chat and is gone (row 94)', async () => {
    const { closeBox, fail } = sendFrom({ chatId: null })
    closeBox()
    await fail()
    expect(lost()).toHaveLength(1)
    expect(lost()[0]!.message).toContain('“the report is done”')
  })

  it('goes to onSendFailed when its box had no chat and is gone (row 94)', async () => {
    const onSendFailed = vi.fn()
    const { closeBox, fail } = sendFrom({ chatId: null, onSendFailed })
    closeBox()
    await fail()
    expect(onSendFailed.mock.calls).toEqual([['the report is done', { chatId: null, error }]])
  })

  it('is quoted in part when it is long (row 94)', async () => {
    const { closeProvider, fail } = sendFrom({}, `It begins so ${'and goes on '.repeat(1_000)}`)
    closeProvider()
    await fail()
    expect(lost()[0]!.message).toContain('It begins so and goes on')
    expect(lost()[0]!.message.length).toBeLessThan(600)
  })
})

describe('a failed message is an uncaught error', () => {
  type Page = (box: React.ReactNode, next?: React.ReactNode) => React.ReactElement
  it.each<[string, string | null, Page]>([
    ['its provider', 'a', (box, next) => suspended(next ?? provided(box))],
    ['its box, which had no chat,', null, (box, next) => provided(suspended(next ?? box))],
  ])('when %s is removed while Suspense hides it (row 94)', async (_, chatId, page) => {
    const sending = held()
    const box = <ComposeBox chatId={chatId} onSend={() => sending.promise} onSendError={() => undefined} />
    const { rerender } = render(page(box))
    write('hello')
    press('Enter')
    rerender(page(box, <Waits />))
    await pass(100)
    rerender(page(box, <p />))
    await pass(100)
    sending.reject(error)
    await pass(0)
    expect(lost()).toHaveLength(1)
  })
})

describe('a failed message that a box can take back is no uncaught error', () => {
  it('when its box is gone: the next box on its chat has it', async () => {
    const { show, closeBox, closeProvider, fail } = sendFrom()
    closeBox()
    await fail()
    show()
    expect(field()).toHaveValue('the report is done')
    closeProvider()
    await pass(0)
    expect(lost()).toEqual([])
  })

  it('when someone saw that it was not sent and left it there', async () => {
    const { closeProvider, fail } = sendFrom()
    write('typed on')
    await fail()
    expect(screen.getByRole('button', { name: 'Put it back' })).toBeVisible()
    closeProvider()
    await pass(0)
    expect(lost()).toEqual([])
  })

  it('and stays while 200 other chats get drafts (row 94)', async () => {
    const { show, fail } = sendFrom()
    show({ chatId: 'other' })
    await fail()
    for (let chat = 0; chat < 201; chat++) {
      show({ chatId: `chat ${chat}` })
      write(`draft ${chat}`)
    }
    show()
    expect(field()).toHaveValue('the report is done')
  })
})

describe('a failed message of a box that was hidden meanwhile is in the box again, and no uncaught error', () => {
  it('by Suspense, without a chat (row 94)', async () => {
    const page = linqPage()
    const sending = held()
    const box = (isHidden: boolean) =>
      suspended(
        <>
          {isHidden && <Waits />}
          <ComposeBox chatId={null} onSend={() => sending.promise} onSendError={() => undefined} />
        </>,
      )
    const view = page.show(box(false))
    write('hello')
    press('Enter')
    view.show(box(true))
    await pass(100)
    sending.reject(error)
    await pass(100)
    view.show(box(false))
    await pass(100)
    expect(field()).toHaveValue('hello')
    expect(lost()).toEqual([])
  })

  // React 18 has no Activity.
  describe.runIf('Activity' in React)('by Activity around the provider', () => {
    const hide = async () => {
      const sending = held()
      const page = (mode: 'hidden' | 'visible') => (
        <React.Activity mode={mode}>
          {provided(<ComposeBox chatId="a" onSend={() => sending.promise} onSendError={() => undefined} />)}
        </React.Activity>
      )
      const view = render(page('visible'))
      write('hello')
      press('Enter')
      view.rerender(page('hidden'))
      await pass(100)
      sending.reject(error)
      await pass(100)
      expect(lost()).toEqual([])
      return { close: () => view.unmount(), show: () => view.rerender(page('visible')) }
    }

    it('which shows it again (row 94)', async () => {
      const { show } = await hide()
      show()
      await pass(100)
      expect(field()).toHaveValue('hello')
      expect(lost()).toEqual([])
    })

    it('until the provider is gone (row 94)', async () => {
      const { close } = await hide()
      close()
      await pass(0)
      expect(lost()).toHaveLength(1)
    })
  })
})
