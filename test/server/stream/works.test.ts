import { createServerTyping, createTypingStream } from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAgents } from '../hub/setUpAgents.js'
import { app, readPage, typistsOf } from './setUpStream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = (duration: number) => vi.advanceTimersByTimeAsync(duration)
const pause = (duration: number) => new Promise<void>((resolve) => setTimeout(resolve, duration))

/** A stream beside the work of an actor on a server. */
async function setUpWorks(actor: string) {
  const known = await setUpAgents()
  const { sdk, hub, chatId } = known
  const stream = createTypingStream({
    hub,
    identify: ({ headers }) => ({ actor: headers.get('x-actor') ?? '', maySee: () => true }),
  })
  const { during } = createServerTyping({ linq: sdk, hub, actor, name: actor.toUpperCase() })
  /** What a page was told, each in one line, with the chat's id cut short. */
  const open = async (viewer: string) => {
    const headers = { Accept: 'text/event-stream', 'X-Actor': viewer }
    const page = readPage(await stream(new Request(`${app}/s`, { headers })))
    await pass(10)
    return { ...page, news: async () => (await page.news()).map((line) => line.replaceAll(chatId, 'c')) }
  }
  const work = (duration: number, isSent = false) =>
    during(chatId, async ({ sent }) => {
      await pause(duration)
      if (isSent) sent()
    })
  return { ...known, open, work }
}

describe('work on a server', () => {
  it('is its actor’s own: their page is told nothing of it', async () => {
    const { open, work } = await setUpWorks('ada')
    const page = await open('ada')
    expect(await page.news()).toEqual(['snapshot'])
    const works = [work(2_000, true), work(9_000)]
    await pass(1_000)
    expect(await (await open('ada')).news()).toEqual(['snapshot'])
    await pass(20_000)
    await Promise.all(works)
    expect(await page.news()).toEqual([])
  })

  it('is told others under its actor’s id, and so is its message', async () => {
    const { chatId, open, work } = await setUpWorks('bot')
    const page = await open('ada')
    await page.news()
    void work(2_000, true)
    await pass(1_000)
    const who = { type: 'agent', id: 'bot', name: 'BOT' }
    expect(page.events).toMatchObject([{ type: 'typing', chatId, who, age: 0 }])
    await page.news()
    await pass(20_000)
    expect(await page.news()).toEqual(['idle c:bot', 'message c:bot'])
  })

  it('is one person with other work of its actor, until the last of them ends', async () => {
    const { open, work } = await setUpWorks('bot')
    const page = await open('ada')
    await page.news()
    void work(4_000)
    await pass(1_000)
    void work(8_000)
    await pass(1_000)
    expect(new Set(await page.news())).toEqual(new Set(['typing c:bot']))
    const late = await open('ada')
    expect(late.events).toMatchObject([{ typing: [{ who: { id: 'bot' }, age: 2_000 }] }])
    expect(await late.news()).toEqual(['snapshot c:bot'])
    await pass(4_000)
    for (const one of [page, late]) expect(await one.news()).not.toContain('idle c:bot')
    await pass(4_000)
    for (const one of [page, late]) expect(await one.news()).toEqual(['idle c:bot'])
  })

  it('is shown again after the message of other work of its actor', async () => {
    const { open, work } = await setUpWorks('bot')
    const page = await open('ada')
    void work(2_000, true)
    void work(30_000)
    await pass(1_000)
    await page.news()
    await pass(1_500)
    expect((await page.news()).slice(-2)).toEqual(['message c:bot', 'typing c:bot'])
    await pass(60_000)
    expect((await page.news()).at(-1)).toBe('idle c:bot')
  })

  it('counts as the same person as its actor', async () => {
    const { open, work, start, stop } = await setUpWorks('bob')
    const page = await open('ada')
    await page.news()
    void work(5_000)
    await pass(1_000)
    await start('bob')
    await pass(1_000)
    await stop('bob')
    expect(new Set(await page.news())).toEqual(new Set(['typing c:bob']))
    expect(await (await open('ada')).news()).toEqual(['snapshot c:bob'])
    await pass(5_000)
    expect(await page.news()).toEqual(['idle c:bob'])
  })

  it('is news only where it is: what others do tells nothing of it again', async () => {
    const { hub, chatId, open, work } = await setUpWorks('bot')
    const { store } = hub[Symbol.for('react-linq-typing.hub') as never] as {
      store: Parameters<typeof typistsOf>[0]
    }
    const page = await open('ada')
    void work(2_500)
    void work(2_500)
    await pass(1_000)
    await page.news()
    await typistsOf(store).agentTypes(chatId, 'carl')
    expect(await page.news()).toEqual(['typing c:carl'])
    await pass(90_000)
  })
})
