import { afterAll, expect, it, jest } from '@jest/globals'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { createHttpFetcher, TypingProvider, useTypingIndicator } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { createServer } from 'node:http'
import { once } from 'node:events'

const linq = createLinqEmulator({ inactive: 'shown' })
const chatId = linq.addChat()
const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })

const calls = []
const server = createServer(({ method, url }, response) => {
  calls.push(`${method} ${url}`)
  response.writeHead(204).end()
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

function Field() {
  const { inputProps, status } = useTypingIndicator(chatId)
  return <textarea aria-label={status} {...inputProps} />
}

it('an edit shows the bubble, and ten quiet seconds take it away', async () => {
  jest.useFakeTimers({ now: 0 })
  render(
    <TypingProvider fetcher={fetcher}>
      <Field />
    </TypingProvider>,
  )
  fireEvent.input(screen.getByLabelText('idle'), { target: { value: 'h' } })
  await act(() => jest.advanceTimersByTimeAsync(9_999))
  screen.getByLabelText('active')
  expect(linq.recipientSees(chatId)).toBe(true)
  await act(() => jest.advanceTimersByTimeAsync(1))
  screen.getByLabelText('idle')
  expect(linq.recipientSees(chatId)).toBe(false)
  expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
})

it('calls go out by the fetch of Node, too', async () => {
  jest.useRealTimers()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${server.address().port}`
  const { unmount } = render(
    <TypingProvider fetcher={createHttpFetcher({ baseUrl })}>
      <Field />
    </TypingProvider>,
  )
  fireEvent.input(screen.getByLabelText('idle'), { target: { value: 'h' } })
  await screen.findByLabelText('active')
  fireEvent.input(screen.getByLabelText('active'), { target: { value: '' } })
  await screen.findByLabelText('idle')
  expect(calls).toEqual(['POST', 'DELETE'].map((method) => `${method} /v3/chats/${chatId}/typing`))
  unmount()
})
