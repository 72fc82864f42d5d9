import {
  createLinqWebhook,
  createMemoryStore,
  createTypingHub,
  type LinqWebhookOptions,
} from 'react-linq-typing/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  address,
  linqEvent,
  message,
  otherSecret,
  secret,
  signatures,
  signed,
  started,
  stopped,
} from './linqCalls.js'

const minute = 60_000

function setUp(options: Partial<LinqWebhookOptions> = {}) {
  const store = createMemoryStore()
  const hear = vi.spyOn(store, 'hear')
  const onError = vi.fn<(error: unknown) => void>()
  const onEvent = vi.fn()
  const hub = createTypingHub({ store, onError })
  const chatId = crypto.randomUUID()
  const webhook = createLinqWebhook({ secret, hub, onError, onEvent, ...options })
  const typing = async (tenant = '') => (await store.states(tenant, [chatId]))[0]!.recipients
  return { store, hear, hub, chatId, webhook, onError, onEvent, typing }
}
const post = (body: BodyInit | null, headers: Record<string, string>, rest: RequestInit = {}) =>
  new Request(address, { method: 'POST', body, headers, ...rest })

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }))
afterEach(() => vi.useRealTimers())

describe("Linq's webhook", () => {
  it('shows who types, and answers 204 with nothing that may be kept', async () => {
    const { chatId, webhook, typing, onEvent } = setUp()
    const event = started(chatId, { handle: '+1' })
    const answer = await webhook(signed(event))
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await typing()).toMatchObject([{ handle: '+1' }])
    expect(onEvent.mock.calls).toEqual([[event]])
    await webhook(signed(stopped(chatId, { handle: '+1', age: -1 })))
    expect(await typing()).toEqual([])
  })

  it('has told the hub when it answers', async () => {
    const { store, hub, chatId, onEvent } = setUp()
    const typing: unknown[] = []
    onEvent.mockImplementation(async () =>
      typing.push((await store.states('', [chatId]))[0]!.recipients.length),
    )
    await createLinqWebhook({ secret, hub, onEvent })(signed(started(chatId)))
    expect(typing).toEqual([1])
  })

  it('counts the age of an event from when it happened to when Linq sent it', async () => {
    const { chatId, webhook, typing } = setUp()
    vi.setSystemTime('2026-11-26T12:00:00.900Z')
    const event = started(chatId, { age: 30_000 })
    await webhook(signed(event))
    expect((await typing())[0]).toMatchObject({ age: 30_000, endsIn: minute })
    // Our clock is a minute behind Linq's, then a minute ahead.
    for (const [clock, age] of [
      ['2026-11-26T11:59:00.900Z', 28_100],
      ['2026-11-26T12:01:00.900Z', 29_099],
    ] as const) {
      const other = setUp()
      vi.setSystemTime(clock)
      const created_at = '2026-11-26T11:59:31.900Z'
      const sentAt = Date.parse('2026-11-26T12:00:00Z')
      await other.webhook(signed({ ...started(other.chatId), created_at }, { at: sentAt }))
      expect((await other.typing())[0]).toMatchObject({ age, endsIn: 90_000 - age })
    }
  })

  it('drops what is more than 90 s old, and still passes it on', async () => {
    const { chatId, webhook, typing, onEvent } = setUp()
    expect((await webhook(signed(started(chatId, { age: 92_000 })))).status).toBe(204)
    expect(await typing()).toEqual([])
    expect(onEvent).toHaveBeenCalledOnce()
  })

  it('takes an event once, and answers 204 each time', async () => {
    const { hear, chatId, webhook, onEvent } = setUp()
    const event = started(chatId)
    const answers = await Promise.all([1, 2, 3].map(() => webhook(signed(event))))
    answers.push(await webhook(signed(event, { id: 'msg_2', by: [secret] })))
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204])
    expect(onEvent).toHaveBeenCalledOnce()
    expect(hear).toHaveBeenCalledOnce()
  })

  it('answers at once where the host passes its events on to the same hub', async () => {
    const { hub, chatId, webhook, onEvent, onError, typing } = setUp()
    onEvent.mockImplementation((event: Parameters<typeof hub.receive>[0]) => hub.receive(event))
    expect((await webhook(signed(started(chatId)))).status).toBe(204)
    expect(onError).not.toHaveBeenCalled()
    expect(await typing()).toHaveLength(1)
  })

  it('takes an event once on all servers together', async () => {
    const { store, chatId, onEvent } = setUp()
    const servers = [1, 2, 3].map(() =>
      createLinqWebhook({ secret, hub: createTypingHub({ store }), onEvent }),
    )
    const event = started(chatId)
    await Promise.all(servers.map((webhook) => webhook(signed(event))))
    expect(onEvent).toHaveBeenCalledOnce()
  })

  it('takes an event again whose server died before it answered', async () => {
    const { store, chatId, onEvent } = setUp()
    const event = started(chatId)
    let isDead = false
    const never = <Result>() => new Promise<Result>(() => {})
    const dying = {
      ...store,
      remember: (fact: string, duration: number) =>
        isDead ? never<boolean>() : store.remember(fact, duration),
      hear() {
        isDead = true
        return never<boolean>()
      },
    }
    void createLinqWebhook({ secret, hub: createTypingHub({ store: dying }) })(signed(event))
    await vi.advanceTimersByTimeAsync(1_500)
    expect(isDead).toBe(true)

    const webhook = createLinqWebhook({ secret, hub: createTypingHub({ store }), onEvent })
    expect((await webhook(signed(event))).status).toBe(204)
    expect(onEvent).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await webhook(signed(event))).status).toBe(204)
    expect(onEvent).toHaveBeenCalledOnce()
  })

  it('takes an event once though its work lasts, and another server is given it meanwhile', async () => {
    const { store, chatId, onEvent } = setUp()
    let finish = () => {}
    const slow = createLinqWebhook({
      secret,
      hub: createTypingHub({ store }),
      onEvent: () => new Promise<void>((resolve) => (finish = resolve)),
    })
    const other = createLinqWebhook({ secret, hub: createTypingHub({ store }), onEvent })
    const event = started(chatId)
    const first = slow(signed(event))
    for (let second = 0; second < 5; second++) {
      await vi.advanceTimersByTimeAsync(1_000)
      expect((await other(signed(event))).status).toBe(204)
    }
    finish()
    expect((await first).status).toBe(204)
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await other(signed(event))).status).toBe(204)
    expect(onEvent).not.toHaveBeenCalled()
  })

  it('takes an event once though the store fails', async () => {
    const { chatId, onEvent } = setUp()
    const store = { ...createMemoryStore(), remember: () => Promise.reject(new Error('gone')) }
    const webhook = createLinqWebhook({ secret, hub: createTypingHub({ store }), onEvent })
    const event = started(chatId)
    for (let time = 0; time < 3; time++) expect((await webhook(signed(event))).status).toBe(204)
    expect(onEvent).toHaveBeenCalledOnce()
  })

  it('is worth having without a hub', async () => {
    const { chatId, webhook, onEvent, typing } = setUp({ hub: undefined })
    const event = started(chatId)
    for (let time = 0; time < 2; time++) expect((await webhook(signed(event))).status).toBe(204)
    expect(onEvent.mock.calls).toEqual([[event]])
    expect(await typing()).toEqual([])
  })

  it('passes on events of any kind, and what is in them', async () => {
    const { chatId, webhook, onEvent, onError } = setUp()
    const events = [
      linqEvent('phone_number.status_updated', { phone_number: '+1' }),
      linqEvent('message.read', { chat: { id: chatId } }),
      message('received', chatId),
      { event_type: 'something.new', event_id: 'e', data: ['x'] },
    ]
    for (const event of events) expect((await webhook(signed(event))).status).toBe(204)
    expect(onEvent.mock.calls).toEqual(events.map((event) => [event]))
    expect(onError).not.toHaveBeenCalled()
  })

  it.each([
    '',
    'null',
    '[]',
    '1',
    '"x"',
    '{',
    '{}',
    '<html>',
    '{"event_type":1,"event_id":"e"}',
    '\ufeff{}',
    '\0',
  ])('answers 204 to signed nonsense such as %j, and ignores it', async (body) => {
    const { webhook, onEvent, onError } = setUp()
    expect((await webhook(signed(body))).status).toBe(204)
    expect(onEvent).not.toHaveBeenCalled()
    expect(onError).not.toHaveBeenCalled()
  })

  it('reads a text of any script as it was signed', async () => {
    const { webhook, onEvent } = setUp()
    const event = linqEvent('message.received', { text: 'Grüße 🙂 \u2028 ‮' })
    const bytes = new TextEncoder().encode(JSON.stringify(event))
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const answer = await webhook(
      post(body, signatures(JSON.stringify(event)), { duplex: 'half' } as RequestInit),
    )
    expect(answer.status).toBe(204)
    expect(onEvent.mock.calls).toEqual([[event]])
  })

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('answers 405 to %s', async (method) => {
    const { webhook } = setUp()
    const answer = await webhook(new Request(address, { method, headers: signatures('') }))
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  })

  describe('while a secret is changed', () => {
    it('takes what either signed, and what both did', async () => {
      const { webhook, onEvent } = setUp({ secret: [secret, otherSecret] })
      for (const by of [[secret], [otherSecret], [otherSecret, secret]])
        expect((await webhook(signed(linqEvent('x', {}), { by }))).status).toBe(204)
      expect(onEvent).toHaveBeenCalledTimes(3)
    })

    it('takes one of several signatures', async () => {
      const { webhook } = setUp()
      expect((await webhook(signed(linqEvent('x', {}), { by: [otherSecret, secret] }))).status).toBe(204)
      expect((await webhook(signed(linqEvent('x', {}), { by: [otherSecret, otherSecret] }))).status).toBe(401)
    })
  })

  describe('with a secret from a function', () => {
    it('asks for it once, when it is first needed', async () => {
      const getSecret = vi.fn(async () => [otherSecret, secret])
      const { webhook } = setUp({ secret: getSecret })
      expect(getSecret).not.toHaveBeenCalled()
      for (let time = 0; time < 2; time++)
        expect((await webhook(signed(linqEvent('x', {})))).status).toBe(204)
      expect(getSecret).toHaveBeenCalledOnce()
    })

    it.each([
      ['gives nothing', () => undefined],
      ['gives an empty text', () => ''],
      [
        'throws',
        () => {
          throw new Error('no vault')
        },
      ],
      ['rejects', () => Promise.reject(new Error('no vault'))],
    ])('that %s answers 500, tells onError, and asks again', async (_what, bad) => {
      const getSecret = vi
        .fn<() => string>()
        .mockImplementationOnce(bad as never)
        .mockReturnValue(secret)
      const { webhook, onError } = setUp({ secret: getSecret })
      expect((await webhook(signed(linqEvent('x', {})))).status).toBe(500)
      expect(onError).toHaveBeenCalledOnce()
      expect((await webhook(signed(linqEvent('x', {})))).status).toBe(204)
    })

    it('waits for it 5 s at most', async () => {
      const { webhook, onError } = setUp({ secret: () => new Promise(() => {}) })
      const answer = webhook(signed(linqEvent('x', {})))
      await vi.advanceTimersByTimeAsync(5_000)
      expect((await answer).status).toBe(500)
      expect(String(onError.mock.calls[0]![0])).toContain('longer than 5000 ms')
    })
  })

  describe('for several customers', () => {
    it('asks whose an event is, only for those that concern typing', async () => {
      const tenant = vi.fn(async () => 'acme')
      const { chatId, webhook, typing } = setUp({ tenant })
      await webhook(signed(linqEvent('message.read', {})))
      expect(tenant).not.toHaveBeenCalled()
      const event = started(chatId)
      await webhook(signed(event))
      expect(tenant.mock.calls).toEqual([[event]])
      expect(await typing()).toEqual([])
      expect(await typing('acme')).toHaveLength(1)
    })

    it('takes a tenant that is always the same', async () => {
      const { chatId, webhook, typing } = setUp({ tenant: 'acme' })
      await webhook(signed(started(chatId)))
      expect(await typing('acme')).toHaveLength(1)
    })

    it.each([
      [
        'throws',
        () => {
          throw new Error('no idea')
        },
      ],
      ['gives a number', () => 1],
      ['gives an empty text', () => ''],
    ])('shows an event to nobody whose tenant %s, and passes it on', async (_what, tenant) => {
      const { chatId, webhook, typing, onError, onEvent } = setUp({ tenant: tenant as () => string })
      expect((await webhook(signed(started(chatId)))).status).toBe(204)
      expect(await typing()).toEqual([])
      expect(onError).toHaveBeenCalledOnce()
      expect(onEvent).toHaveBeenCalledOnce()
    })
  })

  describe('with an onEvent', () => {
    it.each([
      [
        'throws',
        () => {
          throw new Error('full')
        },
      ],
      ['rejects', () => Promise.reject(new Error('full'))],
    ])('that %s answers 204, and tells onError', async (_what, onEvent) => {
      const { chatId, webhook, typing, onError } = setUp({ onEvent })
      expect((await webhook(signed(started(chatId)))).status).toBe(204)
      expect(await typing()).toHaveLength(1)
      expect(onError.mock.calls).toEqual([[expect.objectContaining({ message: 'full' })]])
    })

    it('waits for it, 5 s at most', async () => {
      let finish = () => {}
      const onEvent = () => new Promise<void>((resolve) => (finish = resolve))
      const { webhook, onError } = setUp({ onEvent })
      const settled = vi.fn()
      const first = webhook(signed(linqEvent('x', {}))).then(settled)
      await vi.advanceTimersByTimeAsync(4_000)
      expect(settled).not.toHaveBeenCalled()
      finish()
      await first
      const second = webhook(signed(linqEvent('x', {})))
      await vi.advanceTimersByTimeAsync(5_000)
      expect((await second).status).toBe(204)
      expect(onError).toHaveBeenCalledOnce()
    })
  })

  it('survives an onError that throws', async () => {
    const { webhook } = setUp({
      onError: () => {
        throw new Error('worse')
      },
      onEvent: () => {
        throw new Error('bad')
      },
    })
    expect((await webhook(signed(linqEvent('x', {})))).status).toBe(204)
    expect((await webhook(post('{}', {}))).status).toBe(401)
  })

  it('tells onError of calls that are not signed, once a minute', async () => {
    const { webhook, onError } = setUp()
    for (let time = 0; time < 5; time++) await webhook(post('{"text":"private"}', {}))
    expect(onError).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(minute)
    await webhook(signed('{"text":"private"}', { by: [otherSecret] }))
    expect(onError).toHaveBeenCalledTimes(2)
    const [first, second] = onError.mock.calls.map(([error]) => String(error))
    expect(first).toContain('was called once without a valid signature')
    expect(second).toContain('was called 5 times')
    for (const text of [first, second]) {
      expect(text).not.toContain('private')
      expect(text).not.toContain(secret.slice(6))
    }
  })

  it('says what is wrong with a request whose body somebody read before', async () => {
    const { webhook, onError } = setUp()
    const request = signed(started(crypto.randomUUID()))
    await request.text()
    expect((await webhook(request)).status).toBe(500)
    expect(String(onError.mock.calls[0]![0])).toContain('nothing may read it first')
  })

  it.each([undefined, null, {}, { method: 'POST', headers: {} }])('answers 500 to %j', async (request) => {
    const { webhook, onError } = setUp()
    expect((await webhook(request as never)).status).toBe(500)
    expect(String(onError.mock.calls[0]![0])).toContain('getRequestListener')
  })

  it('answers 503 to a body that breaks, so that Linq sends it again', async () => {
    const { webhook } = setUp()
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    expect((await webhook(post(body, signatures(''), { duplex: 'half' } as RequestInit))).status).toBe(503)
  })

  it('answers 503 to a body that takes longer than 10 s, and cancels it', async () => {
    const { webhook, onEvent } = setUp()
    const cancel = vi.fn()
    const body = new ReadableStream({ cancel })
    const answer = webhook(post(body, signatures(''), { duplex: 'half' } as RequestInit))
    await vi.advanceTimersByTimeAsync(10_000)
    expect((await answer).status).toBe(503)
    expect(cancel).toHaveBeenCalledOnce()
    expect(onEvent).not.toHaveBeenCalled()
  })

  it('reads 256 kB and no more', async () => {
    const { webhook, onEvent } = setUp()
    const wrap = (length: number) => {
      const event = { event_type: 'x', event_id: String(length), data: '' }
      return JSON.stringify({ ...event, data: 'x'.repeat(length - JSON.stringify(event).length) })
    }
    expect((await webhook(signed(wrap(262_144)))).status).toBe(204)
    expect((await webhook(signed(wrap(262_145)))).status).toBe(413)
    expect(onEvent).toHaveBeenCalledOnce()
  })

  it('leaves no timer', async () => {
    const { chatId, webhook } = setUp()
    await webhook(signed(started(chatId)))
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('createLinqWebhook refuses', () => {
  it.each([
    ['no options', undefined, 'it is undefined'],
    ['no secret', {}, 'it is undefined'],
    ['a secret of null', { secret: null }, 'it is null'],
    ['an empty secret', { secret: '' }, 'it is empty'],
    ['a secret that is only a prefix', { secret: 'whsec_' }, 'not base64'],
    ['a secret that is not base64', { secret: 'whsec_not base64 at all' }, 'not base64'],
    ['a secret with a line break', { secret: `${secret}\n` }, 'not base64'],
    ['a number', { secret: 4711 }, 'it is a number'],
    ['an empty list', { secret: [] }, 'an empty list'],
    ['a list with one that is none', { secret: [secret, '!'] }, 'secret 2 of 2: it is not base64'],
    ['a hub that is none', { secret, hub: {} }, "createLinqWebhook can't use this hub"],
    ['a tenant that is none', { secret, tenant: '' }, 'an empty string as tenant'],
  ])('%s', (_what, options, text) => {
    let thrown: unknown
    try {
      createLinqWebhook(options as never)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(TypeError)
    expect(String(thrown)).toContain(text)
    expect(String(thrown)).not.toMatch(/not base64 at all|4711/)
    expect(String(thrown)).not.toContain(secret.slice(6))
  })

  it('no secret that has no prefix', () => {
    expect(() => createLinqWebhook({ secret: secret.slice(6) })).not.toThrow()
  })
})
