import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { serveLinq } from '../../example/server/serveLinq.js'
import { readPage } from '../server/stream/setUpStream.js'
import type { StartedProcess } from './startProcess.js'
import { runtimes, startService } from './startService.js'

const secret = 'whsec_c2VjcmV0IG9mIHRoZSBydW50aW1lcw=='
const soon = { timeout: 10_000, interval: 10 }
const linq = createLinqEmulator()
const services = new Map<string, StartedProcess>()
const pages: ReturnType<typeof readPage>[] = []
/** Streams on which nothing happens until the end. */
const quiet = new Map<string, ReturnType<typeof readPage>>()
let upstream: Awaited<ReturnType<typeof serveLinq>>

/** Asks for a stream, as a page does, and reads it. */
async function listen(url: string, headers: Record<string, string> = {}) {
  const own = {
    Accept: 'text/event-stream',
    Cookie: 'user=ada',
    Origin: url,
    'Sec-Fetch-Site': 'same-origin',
  }
  const page = readPage(await fetch(`${url}/stream`, { headers: { ...own, ...headers } }))
  pages.push(page)
  return page
}

beforeAll(async () => {
  upstream = await serveLinq(linq)
  for (const runtime of runtimes) {
    const service = await startService(runtime, upstream.baseURL)
    services.set(runtime.name, service)
    quiet.set(runtime.name, await listen(service.url))
  }
})
afterAll(async () => {
  await Promise.all(pages.map((page) => page.leave()))
  await Promise.all([...services.values()].map((service) => service.close()))
  await upstream.close()
})

describe.each(runtimes)('on $name', ({ name }) => {
  const url = () => services.get(name)!.url
  const listening = async () => (await (await fetch(`${url()}/listening`)).json()) as number

  beforeEach(() => {
    linq.webhooks = { secret, to: `${url()}/webhook` }
  })

  it('an open stream hears who types, and of their message, as signed webhooks tell it', async () => {
    const chatId = linq.addChat()
    const page = await listen(url())
    await vi.waitFor(() => expect(page.events).toMatchObject([{ type: 'snapshot' }]), soon)
    linq.recipientTypes(chatId)
    await vi.waitFor(() => expect(page.events[1]).toMatchObject({ type: 'typing', chatId }), soon)
    linq.recipientSends(chatId, 'hello')
    const message = expect.objectContaining({ type: 'message', chatId, from: 'recipient' }) as unknown
    await vi.waitFor(() => expect(page.events).toContainEqual(message), soon)
  })

  it('a page that joins late is told who types', async () => {
    const chatId = linq.addChat()
    linq.recipientTypes(chatId)
    await vi.waitFor(() => expect(linq.webhookDeliveries.at(-1)?.status).toBe('delivered'), soon)
    const page = await listen(url())
    const snapshot = { type: 'snapshot', typing: [{ chatId }] }
    await vi.waitFor(() => expect(page.events[0]).toMatchObject(snapshot), soon)
  })

  it('a forged webhook is 401, and tells nobody anything', async () => {
    const chatId = linq.addChat()
    const page = await listen(url())
    await vi.waitFor(() => expect(page.events).toHaveLength(1), soon)
    linq.webhooks = { secret: 'whsec_YW5vdGhlciBzZWNyZXQ=', to: `${url()}/webhook` }
    linq.recipientTypes(chatId)
    await vi.waitFor(() => expect(linq.webhookDeliveries.at(-1)?.attempts[0]?.status).toBe(401), soon)
    linq.webhooks = { secret, to: `${url()}/webhook` }
    const told = linq.addChat()
    linq.recipientTypes(told)
    await vi.waitFor(() => expect(page.text()).toContain(told), soon)
    expect(page.text()).not.toContain(chatId)
  })

  it('a page that is not signed in, or of another origin, gets no stream', async () => {
    expect((await listen(url(), { Cookie: 'user=nobody' })).response.status).toBe(401)
    const elsewhere = { Origin: 'http://evil.test', 'Sec-Fetch-Site': 'cross-site' }
    expect((await listen(url(), elsewhere)).response.status).toBe(403)
  })

  it('a page that leaves frees its stream', async () => {
    const before = await listening()
    const page = await listen(url())
    expect(await listening()).toBe(before + 1)
    await page.leave()
    await vi.waitFor(async () => expect(await listening()).toBe(before), soon)
  })

  it('a stream on which nothing happens is kept open by its comments, and hears of what comes then', async () => {
    const page = quiet.get(name)!
    // One comes at once and then one every 8 s. Bun cuts off what is silent for 10 s.
    const comments = () => page.text().match(/^:$/gm)?.length
    await vi.waitFor(() => expect(comments()).toBeGreaterThanOrEqual(3), { ...soon, timeout: 30_000 })
    const chatId = linq.addChat()
    linq.recipientTypes(chatId)
    await vi.waitFor(() => expect(page.events.at(-1)).toMatchObject({ type: 'typing', chatId }), soon)
    expect(page.end()).toBeUndefined()
  })
})
