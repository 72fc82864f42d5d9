import { afterAll, expect, it, jest } from '@jest/globals'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { createHttpFetcher, createSseFeed, TypingProvider, useTypingIndicator } from 'react-linq-typing'
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

it('a refusal is read', async () => {
  linq.network = () => ({ answer: { status: 409, code: 2016 } })
  const { signal } = new AbortController()
  const call = fetcher({ chatId, action: 'start', signal, keepalive: false })
  await expect(call).rejects.toMatchObject({ reason: 'unsupported', code: 2016 })
})

it('the recipient types: the webhook is signed, and a feed is read', async () => {
  const secret = `whsec_${btoa('any secret of 24 bytes..')}`
  const signed = new Promise((resolve) => {
    const to = async ({ headers }) => (resolve(headers.get('webhook-signature')), new Response())
    linq.webhooks = { secret, to }
  })
  linq.recipientTypes(chatId)
  expect(await signed).toMatch(/^v1,/)

  const stream = 'data: {"type":"snapshot","typing":[]}\n\n'
  const headers = { 'Content-Type': 'text/event-stream' }
  const feed = createSseFeed({ url: '/stream', fetch: async () => new Response(stream, { headers }) })
  const event = await new Promise((resolve) => {
    const end = feed((told) => (end(), resolve(told)))
  })
  expect(event).toEqual({ type: 'snapshot', typing: [] })
})
