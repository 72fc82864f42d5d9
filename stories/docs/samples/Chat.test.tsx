import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { ComposeBox, createHttpFetcher, TypingProvider } from 'react-linq-typing'
import { createLinqEmulator, type LinqEmulator } from 'react-linq-typing/testing'
import { afterEach, expect, it, vi } from 'vitest'

function show(linq: LinqEmulator, chatId: string, onSend: (text: string) => void = () => undefined) {
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  render(
    <TypingProvider fetcher={fetcher}>
      <ComposeBox chatId={chatId} onSend={onSend} />
    </TypingProvider>,
  )
  return screen.getByRole('textbox', { name: 'Message' })
}

afterEach(() => {
  vi.useRealTimers()
})

it('shows the bubble while someone writes, and for ten seconds after', async () => {
  vi.useFakeTimers() // Date, performance and setTimeout together
  const linq = createLinqEmulator()
  const chatId = linq.addChat()
  fireEvent.input(show(linq, chatId), { target: { value: 'On my way' } })

  await vi.advanceTimersByTimeAsync(9_000)
  expect(linq.recipientSees(chatId)).toBe(true)
  expect(linq.calls.map(({ action }) => action)).toEqual(['start'])

  await vi.advanceTimersByTimeAsync(1_000)
  expect(linq.recipientSees(chatId)).toBe(false)
  expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
})

it('lets messages out of a chat that refuses typing', async () => {
  const linq = createLinqEmulator()
  const chatId = linq.addChat({ isGroup: true }) // refuses, as Linq’s groups did until August 2026
  const onSend = vi.fn()
  await userEvent.type(show(linq, chatId, onSend), 'Hello everyone{Enter}')

  expect(onSend).toHaveBeenCalledWith('Hello everyone', { chatId })
  expect(linq.calls).toHaveLength(1)
})
