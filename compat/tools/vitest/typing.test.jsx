import { act, fireEvent, render, screen } from '@testing-library/react'
import { createHttpFetcher, TypingProvider, useTypingIndicator } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import 'react-linq-typing/styles.css'
import { expect, it, vi } from 'vitest'

const linq = createLinqEmulator({ inactive: 'shown' })
const chatId = linq.addChat()
const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })

function Field() {
  const { inputProps, status } = useTypingIndicator(chatId)
  return <textarea aria-label={status} {...inputProps} />
}

it('an edit shows the bubble, and ten quiet seconds take it away', async () => {
  vi.useFakeTimers({ now: 0 })
  render(
    <TypingProvider fetcher={fetcher}>
      <Field />
    </TypingProvider>,
  )
  fireEvent.input(screen.getByLabelText('idle'), { target: { value: 'h' } })
  await act(() => vi.advanceTimersByTimeAsync(9_999))
  screen.getByLabelText('active')
  expect(linq.recipientSees(chatId)).toBe(true)
  await act(() => vi.advanceTimersByTimeAsync(1))
  screen.getByLabelText('idle')
  expect(linq.recipientSees(chatId)).toBe(false)
  expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
})
