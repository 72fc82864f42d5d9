import { serve, type ServerType } from '@hono/node-server'
import { ConflictError } from '@linqapp/sdk'
import type { AddressInfo } from 'node:net'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { hold } from './hold.js'
import { createLinqClient } from './linqClient.js'
import { soon } from '../soon.js'

describe('fetch', () => {
  function setUp() {
    const emulator = createLinqEmulator()
    const { fetch } = emulator
    const chatId = emulator.addChat()
    return { emulator, fetch, chatId, path: `/v3/chats/${chatId}/typing` }
  }

  it.each(['', '/api/linq', 'https://api.linqapp.com/api/partner', 'http://127.0.0.1:1234'])(
    'serves the base %j',
    async (base) => {
      const { emulator, fetch, chatId, path } = setUp()
      const response = await fetch(base + path, { method: 'POST' })
      expect(response.status).toBe(204)
      expect(emulator.recipientSees(chatId)).toBe(true)
    },
  )

  it('takes a relative URL without a leading slash', async () => {
    const { fetch, path } = setUp()
    expect((await fetch(path.slice(1), { method: 'post' })).status).toBe(204)
  })

  it('takes a URL object, and ignores its query', async () => {
    const { emulator, fetch, path } = setUp()
    const url = new URL(`https://linq.example${path}?tenant=1`)
    expect((await fetch(url, { method: 'POST' })).status).toBe(204)
    expect(emulator.calls[0]).toMatchObject({ method: 'POST', path })
  })

  it('takes a Request, its headers, its body and its signal', async () => {
    const { emulator, fetch, chatId } = setUp()
    const url = `https://linq.example/v3/chats/${chatId}/messages`
    const body = JSON.stringify({ message: { parts: [{ type: 'text', value: 'Hi' }] } })
    const headers = { Authorization: 'Bearer key' }
    expect((await fetch(new Request(url, { method: 'POST', body, headers }))).status).toBe(202)
    expect(emulator.messages(chatId)).toMatchObject([{ text: 'Hi' }])
    expect(emulator.calls[0]?.headers).toMatchObject({ authorization: 'Bearer key' })

    const signal = AbortSignal.abort()
    await expect(fetch(new Request(url, { method: 'POST', body, signal }))).rejects.toThrow()
    expect(emulator.calls).toHaveLength(1)
  })

  it('lets the options win over a Request', async () => {
    const { emulator, fetch, chatId, path } = setUp()
    const request = new Request(`https://linq.example${path}`, { method: 'DELETE' })
    await fetch(request, { method: 'POST', headers: { 'X-Who': 'me' } })
    expect(emulator.recipientSees(chatId)).toBe(true)
    expect(emulator.calls[0]?.headers).toEqual({ 'x-who': 'me' })
  })

  it('a Request that starts typing has arrived when fetch returns', () => {
    const { emulator, fetch, chatId, path } = setUp()
    void fetch(new Request(`https://linq.example${path}`, { method: 'POST' }))
    expect(emulator.recipientSees(chatId)).toBe(true)
  })

  it('takes a body that is not a string', async () => {
    const { emulator, fetch, chatId } = setUp()
    const body = new Blob(['{"message":{"parts":[{"type":"text","value":"Hi"}]}}'])
    await fetch(`/v3/chats/${chatId}/messages`, { method: 'POST', body })
    expect(emulator.messages(chatId)).toMatchObject([{ text: 'Hi' }])
  })

  it('a body that breaks off never arrives', async () => {
    const { emulator, fetch, chatId } = setUp()
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('broken')) })
    const call = fetch(`/v3/chats/${chatId}/messages`, { method: 'POST', body })
    await expect(call).rejects.toEqual(new TypeError('fetch failed'))
    expect(emulator.calls[0]).toMatchObject({ arrivedAt: null, status: null })
  })

  it.each([
    ['GET', '/v3/chats/{id}/typing'],
    ['PUT', '/v3/chats/{id}/typing'],
    ['POST', '/v3/chats/{id}'],
    ['POST', '/v3/chats/{id}/typing/now'],
    ['POST', '/v2/chats/{id}/typing'],
    ['GET', '/'],
  ])('answers 404 to %s %s', async (method, path) => {
    const { emulator, fetch, chatId } = setUp()
    expect((await fetch(path.replace('{id}', chatId), { method })).status).toBe(404)
    expect(emulator.calls).toMatchObject([{ action: 'unknown', status: 404 }])
    expect(emulator.recipientSees(chatId)).toBe(false)
  })

  it('takes an id that cannot be decoded for no UUID', async () => {
    const { fetch } = setUp()
    expect((await fetch('/v3/chats/%E0%A4%A/typing', { method: 'POST' })).status).toBe(400)
  })

  it('rejects what is no URL', async () => {
    await expect(setUp().fetch('http://')).rejects.toBeInstanceOf(TypeError)
  })
})

describe('over HTTP', () => {
  let server: ServerType | undefined
  afterEach(() => {
    server?.close()
  })

  async function setUp() {
    const emulator = createLinqEmulator({ token: 'key' })
    const chatId = emulator.addChat()
    const port = await new Promise<number>((resolve) => {
      server = serve(
        { fetch: (request) => emulator.fetch(request), port: 0, hostname: '127.0.0.1' },
        (info: AddressInfo) => resolve(info.port),
      )
    })
    const client = createLinqClient(emulator, { baseURL: `http://127.0.0.1:${port}`, fetch: undefined })
    return { emulator, chatId, client }
  }

  it('the official client starts, stops, sends, reads, and is refused', async () => {
    const { emulator, chatId, client } = await setUp()
    await client.chats.typing.start(chatId)
    expect(emulator.recipientSees(chatId)).toBe(true)
    await client.chats.typing.stop(chatId)
    expect(emulator.recipientSees(chatId)).toBe(false)
    await client.chats.messages.send(chatId, { message: { parts: [{ type: 'text', value: 'Hi' }] } })
    expect(emulator.messages(chatId)).toMatchObject([{ text: 'Hi' }])
    expect((await client.chats.retrieve(chatId)).id).toBe(chatId)
    emulator.updateChat(chatId, { status: 'left' })
    const error: unknown = await client.chats.typing.start(chatId).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConflictError)
    expect((error as ConflictError).headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/)
  })

  it('a client that goes away is seen to go, and its start still lands', async () => {
    const { emulator, chatId, client } = await setUp()
    const held = hold()
    emulator.network = () => ({ up: held.promise })
    const aborter = new AbortController()
    const call = client.chats.typing.start(chatId, { signal: aborter.signal }).catch(() => 'aborted')
    await soon(() => expect(emulator.calls).toHaveLength(1))
    aborter.abort()
    expect(await call).toBe('aborted')
    await soon(() => expect(emulator.calls[0]?.goneAt).not.toBeNull())
    expect(emulator.recipientSees(chatId)).toBe(false)
    held.release()
    await soon(() => expect(emulator.recipientSees(chatId)).toBe(true))
  })
})
