import { http } from 'msw'
import { setupServer } from 'msw/node'
import { createHttpFetcher, type TypingRequest } from 'react-linq-typing'
import { createLinqEmulator, createLinqHandlers } from 'react-linq-typing/testing'
import { afterEach, expect, it } from 'vitest'

const linq = createLinqEmulator()
const server = setupServer(...createLinqHandlers(linq, { http, baseUrl: 'http://app.test/api/linq/' }))
const call = createHttpFetcher({ baseUrl: 'http://app.test/api/linq' })

function ask(chatId: string, action: TypingRequest['action']) {
  return call({ chatId, action, keepalive: false, signal: new AbortController().signal })
}

afterEach(() => {
  server.close()
  linq.network = undefined
})

it('Mock Service Worker has an emulated Linq answer what a page asks', async () => {
  server.listen()
  const chatId = linq.addChat()
  await ask(chatId, 'start')
  expect(linq.recipientSees(chatId)).toBe(true)
  await ask(chatId, 'stop')
  expect(linq.recipientSees(chatId)).toBe(false)
})

it('a message goes the same way, and a chat is read so', async () => {
  server.listen()
  const chatId = linq.addChat({ name: 'Ada' })
  const address = `http://app.test/api/linq/v3/chats/${chatId}`
  const body = JSON.stringify({ message: { parts: [{ type: 'text', value: 'Here' }] } })
  expect((await fetch(`${address}/messages`, { method: 'POST', body })).status).toBe(202)
  expect(linq.messages(chatId)).toMatchObject([{ text: 'Here' }])
  expect(await (await fetch(address)).json()).toMatchObject({ display_name: 'Ada' })
})

it('a connection that breaks at the emulated Linq breaks in the page', async () => {
  server.listen()
  linq.network = () => ({ up: 'reset' })
  await expect(ask(linq.addChat(), 'start')).rejects.toMatchObject({ reason: 'network' })
})
