import { screen } from '@testing-library/react'
import { ComposeBox } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../linqPage.js'
import { field, held, openBox, press, write } from './openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a typing error', () => {
  it('is shown as one line, and messages still go out', async () => {
    const { onSend, change, linq } = openBox()
    change({ chatId: linq.addChat({ isGroup: true }) })
    write('h')
    await pass(200)
    expect(screen.getByText(/can’t see you typing in this chat/)).toBeVisible()
    press('Enter')
    expect(onSend).toHaveBeenCalledWith('h')
  })

  it('is not shown beside a private note: that one announces nothing (row 76)', async () => {
    const page = linqPage()
    const chatId = page.linq.addChat({ isGroup: true })
    page.show(
      <>
        <ComposeBox chatId={chatId} onSend={() => undefined} />
        <ComposeBox chatId={chatId} label="Note" announceTyping={false} onSend={() => undefined} />
      </>,
    )
    write('h')
    await pass(200)
    expect(screen.getAllByText(/can’t see you typing in this chat/)).toHaveLength(1)
  })

  it('shows nothing while typing works', async () => {
    openBox()
    const lines = screen.getAllByRole('status')
    write('h')
    await pass(5_000)
    for (const line of lines) expect(line).toBeEmptyDOMElement()
  })
})

it('a box shows its state as data attributes', async () => {
  const { onSend } = openBox()
  onSend.mockReturnValue(held().promise)
  const form = field().form!
  expect(form).toHaveAttribute('data-blank')
  expect(form).toHaveAttribute('data-typing', 'idle')
  write('h')
  expect(form).not.toHaveAttribute('data-blank')
  expect(form).toHaveAttribute('data-typing', 'starting')
  press('Enter')
  expect(form).toHaveAttribute('data-sending')
  await pass(0)
})
