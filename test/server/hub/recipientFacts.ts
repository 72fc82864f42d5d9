import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type {
  RecipientSign,
  StoreChange,
  StoredChat,
  TypingStore,
} from '../../../src/server/hub/typingStore.js'

/** Listens to a tenant's changes; resolves once the store does listen. */
export type ListenTo = (
  store: TypingStore,
  tenant: string,
  listener: (change: StoreChange) => void,
) => Promise<() => void>

const lifetime = 90_000
const noon = Date.parse('2026-11-26T12:00:00Z')
let chats = 0
const soon = <Result>(look: () => Result) => vi.waitFor(look, { timeout: 20_000, interval: 5 })

/** What every store does with the signs of the other side. */
export function recipientFacts(getStore: () => TypingStore, listenTo: ListenTo): void {
  const newChat = (tenant = 'acme'): StoredChat => ({ tenant, chatId: `their chat ${++chats}` })
  /** @param at is in seconds. */
  const hear = (
    chat: StoredChat,
    type: RecipientSign['type'],
    at: number,
    rest: Partial<RecipientSign> = {},
  ) => getStore().hear(chat, { type, at: noon + at * 1_000, age: 0, ...rest }, lifetime)
  const stateOf = async ({ tenant, chatId }: StoredChat) => (await getStore().states(tenant, [chatId]))[0]!
  /** Whose bubbles are on: `null` is somebody not known. */
  const typing = async (chat: StoredChat) =>
    (await stateOf(chat)).recipients.map(({ handle }) => handle ?? null)

  describe("a recipient's bubble", () => {
    it('is on from a start to a stop', async () => {
      const chat = newChat()
      expect(await typing(chat)).toEqual([])
      expect(await hear(chat, 'typing', 0)).toBe(true)
      expect(await typing(chat)).toEqual([null])
      expect(await hear(chat, 'idle', 1)).toBe(true)
      expect(await typing(chat)).toEqual([])
      expect(await hear(chat, 'typing', 2)).toBe(true)
      expect(await typing(chat)).toEqual([null])
    })

    it('ends with a message', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 0, { handle: '+1' })
      expect(await hear(chat, 'message', 1, { handle: '+1', id: 'm' })).toBe(true)
      expect(await typing(chat)).toEqual([])
    })

    it('lasts for its lifetime, counted from the last sign', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 0, { age: 80_000 })
      const [first] = (await stateOf(chat)).recipients
      expect(first!.age).toBeGreaterThanOrEqual(80_000)
      expect(first!.endsIn).toBeGreaterThan(0)
      expect(first!.endsIn).toBeLessThanOrEqual(10_000)
      await hear(chat, 'typing', 1)
      const [second] = (await stateOf(chat)).recipients
      expect(second!.age).toBeGreaterThanOrEqual(80_000)
      expect(second!.endsIn).toBeGreaterThan(60_000)
      expect(second!.endsIn).toBeLessThanOrEqual(90_000)
    })

    it('ends by itself', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 0, { age: lifetime - 20 })
      await soon(async () => expect(await typing(chat)).toEqual([]))
    })

    it('is never on for a start that is older than its lifetime', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 0, { age: lifetime })
      expect(await typing(chat)).toEqual([])
    })

    it('belongs to one chat of one tenant', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 0)
      expect(await typing({ ...chat, tenant: 'other' })).toEqual([])
      expect(await typing(newChat())).toEqual([])
    })

    it('is each their own in a group', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 0, { handle: '+1', age: 2_000 })
      await hear(chat, 'typing', 0, { handle: '+2', age: 1_000 })
      await hear(chat, 'typing', 0)
      expect(await typing(chat)).toEqual(['+1', '+2', null])
      await hear(chat, 'idle', 1, { handle: '+2' })
      expect(await typing(chat)).toEqual(['+1', null])
      await hear(chat, 'message', 2, { handle: '+1' })
      expect(await typing(chat)).toEqual([])
    })

    it('stays on when somebody else in the group sends a message', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 0, { handle: '+1' })
      await hear(chat, 'message', 1, { handle: '+2' })
      expect(await typing(chat)).toEqual(['+1'])
    })

    it.each(['message', 'idle'] as const)('ends for all with an unidentified %s', async (type) => {
      const chat = newChat()
      for (const handle of ['+1', '+2', undefined]) await hear(chat, 'typing', 0, { handle })
      await hear(chat, 'typing', 9, { handle: '+3' })
      expect(await hear(chat, type, 5)).toBe(true)
      expect(await typing(chat)).toEqual(['+3'])
      for (const handle of ['+1', '+4', undefined])
        expect(await hear(chat, 'typing', 4, { handle })).toBe(false)
      expect(await typing(chat)).toEqual(['+3'])
      expect(await hear(chat, 'typing', 6, { handle: '+1' })).toBe(true)
    })

    it('is kept for 50 people of a chat', async () => {
      const chat = newChat()
      for (let person = 1; person <= 50; person++)
        expect(await hear(chat, 'typing', 0, { handle: String(person) })).toBe(true)
      expect(await hear(chat, 'typing', 0, { handle: '51' })).toBe(false)
      expect(await hear(chat, 'idle', 1, { handle: '52' })).toBe(true)
      expect(await typing(chat)).toHaveLength(50)
      expect(await hear(chat, 'typing', 1, { handle: '50' })).toBe(true)
      await hear(chat, 'idle', 2)
      expect(await typing(chat)).toEqual([])
    })
  })

  describe('signs out of order', () => {
    it.each([
      { first: 'idle', late: 'typing' },
      { first: 'message', late: 'typing' },
      { first: 'typing', late: 'idle' },
      { first: 'typing', late: 'message' },
      { first: 'message', late: 'message' },
    ] as const)('ignore a $late that is older than a $first', async ({ first, late }) => {
      for (const handle of [undefined, '+1']) {
        const chat = newChat()
        await hear(chat, first, 5, { handle })
        const before = await typing(chat)
        const isNoted = await hear(chat, late, 4.999, { handle })
        expect(await typing(chat)).toEqual(before)
        // One of nobody known may yet be news of others.
        if (handle !== undefined) expect(isNoted).toBe(false)
      }
    })

    it.each([
      { signs: ['message', 'idle', 'typing'], isOn: true },
      { signs: ['typing', 'idle', 'message'], isOn: true },
      { signs: ['idle', 'message', 'typing'], isOn: true },
      { signs: ['idle', 'message'], isOn: false },
    ] as const)('at the same time end as if $signs had come as they should', async ({ signs, isOn }) => {
      for (const handle of [undefined, '+1']) {
        const chat = newChat()
        for (const type of signs) await hear(chat, type, 0, { handle })
        expect(await typing(chat)).toEqual(isOn ? [handle ?? null] : [])
      }
    })

    it('end as if they had come in order, whatever the order and whoever they are of', async () => {
      const ranks = ['message', 'idle', 'typing']
      const sign = fc.record({
        type: fc.constantFrom('typing', 'typing', 'idle', 'message'),
        handle: fc.constantFrom(undefined, '+1', '+2'),
        at: fc.integer({ min: 0, max: 6 }),
      })
      const signs = fc.uniqueArray(sign, { selector: (one) => JSON.stringify(one), maxLength: 8 })
      const both = signs.chain((given) =>
        fc.shuffledSubarray(given, { minLength: given.length }).map((mixed) => ({ given, mixed })),
      )
      await fc.assert(
        fc.asyncProperty(both, async ({ given, mixed }) => {
          const inOrder = [...given].sort(
            (a, b) => a.at - b.at || ranks.indexOf(a.type) - ranks.indexOf(b.type),
          )
          const on = new Set<string | null>()
          for (const { type, handle = null } of inOrder)
            if (type === 'typing') on.add(handle)
            else if (handle === null) on.clear()
            else {
              on.delete(handle)
              if (type === 'message') on.delete(null)
            }
          const chat = newChat()
          for (const { type, at, handle } of [...mixed, ...mixed.slice(0, 3)])
            await hear(chat, type, at, { handle })
          expect(new Set(await typing(chat))).toEqual(on)
        }),
        { numRuns: 150, seed: 13 },
      )
    })

    it('ignore one that is told twice', async () => {
      const chat = newChat()
      for (const type of ['message', 'idle', 'typing'] as const) {
        expect(await hear(chat, type, 0, { handle: '+1' })).toBe(true)
        expect(await hear(chat, type, 0, { handle: '+1' })).toBe(false)
      }
    })

    it('ignore a start by nobody named that is older than a message by somebody', async () => {
      const chat = newChat()
      await hear(chat, 'message', 5, { handle: '+1' })
      expect(await hear(chat, 'typing', 4)).toBe(false)
      expect(await typing(chat)).toEqual([])
      expect(await hear(chat, 'typing', 6)).toBe(true)
      expect(await typing(chat)).toEqual([null])
    })

    it('keep the bubble of nobody named that began after a message by somebody', async () => {
      const chat = newChat()
      await hear(chat, 'typing', 6)
      await hear(chat, 'message', 5, { handle: '+1' })
      expect(await typing(chat)).toEqual([null])
    })
  })

  it('a chat tells who types on either side, those who began first in front', async () => {
    const [chat, quiet] = [newChat(), newChat()]
    await getStore().take({ ...chat, actor: 'ada', name: 'Ada' }, { age: 0, lifetime: 60_000, max: 20 })
    await hear(chat, 'typing', 0, { handle: '+1' })
    await hear(chat, 'typing', 0, { handle: '+2', age: 5_000 })
    const states = await getStore().states('acme', [chat.chatId, quiet.chatId])
    expect(states).toMatchObject([
      { chatId: chat.chatId, agents: [{ chatId: chat.chatId, actor: 'ada', name: 'Ada' }] },
      { chatId: quiet.chatId, agents: [], recipients: [] },
    ])
    expect(states[0]!.recipients.map(({ handle }) => handle)).toEqual(['+2', '+1'])
    expect(await getStore().states('acme', [])).toEqual([])
  })

  it('what the other side does is told with ages and ends, and with what is left out told as nothing', async () => {
    const chat = newChat('told')
    const { chatId } = chat
    const heard: StoreChange[] = []
    const stop = await listenTo(getStore(), 'told', (change) => heard.push(change))
    await hear(chat, 'typing', 0, { handle: '+1', age: 4_000 })
    await hear(chat, 'typing', 1, { handle: '+1', age: 3_000 })
    await hear(chat, 'typing', 1, { age: 0 })
    await hear(chat, 'typing', 0, { handle: '+1' })
    await hear(chat, 'message', 2, { handle: '+1', id: 'm1' })
    await hear(chat, 'idle', 3, { handle: '+1' })
    await hear(chat, 'typing', 4)
    await hear(chat, 'idle', 5)
    await hear(chat, 'message', 6)
    await soon(() => expect(heard).toHaveLength(9))
    const told = heard.map((change) => JSON.parse(JSON.stringify(change)) as StoreChange)
    const { age } = told[1] as { age: number }
    expect(age).toBeGreaterThanOrEqual(4_000)
    // A clock's fractions don't add up to the last digit.
    const about = (milliseconds: number) => expect.closeTo(milliseconds) as number
    expect(told).toMatchObject([
      { type: 'recipient-typing', chatId, handle: '+1', age: 4_000, endsIn: about(86_000) },
      { type: 'recipient-typing', chatId, handle: '+1', age, endsIn: about(87_000) },
      { type: 'recipient-typing', chatId, age: 0, endsIn: about(90_000) },
      { type: 'recipient-idle', chatId, handle: '+1' },
      { type: 'recipient-idle', chatId },
      { type: 'recipient-message', chatId, handle: '+1', id: 'm1' },
      { type: 'recipient-typing', chatId, age: 0, endsIn: about(90_000) },
      { type: 'recipient-idle', chatId },
      { type: 'recipient-message', chatId },
    ])
    for (const left of [2, 4, 6, 7, 8]) expect(told[left]).not.toHaveProperty('handle')
    expect(told[8]).not.toHaveProperty('id')
    stop()
  })

  it('a message by nobody named is not reported if somebody began after it', async () => {
    const chat = newChat('later')
    const heard: string[] = []
    const stop = await listenTo(getStore(), 'later', ({ type }) => heard.push(type))
    await hear(chat, 'typing', 0, { handle: '+1' })
    await hear(chat, 'typing', 5, { handle: '+2' })
    await hear(chat, 'message', 4)
    await hear(chat, 'idle', 6)
    await hear(chat, 'message', 7)
    await soon(() => expect(heard.at(-1)).toBe('recipient-message'))
    expect(heard.slice(2)).toEqual(['recipient-idle', 'recipient-idle', 'recipient-message'])
    stop()
  })

  it('changes of a chat have versions that rise, and its state one between what is in it and what comes', async () => {
    const chat = newChat('versions')
    const heard: StoreChange[] = []
    const stop = await listenTo(getStore(), 'versions', (change) => heard.push(change))
    const versions = [(await stateOf(chat)).version]
    for (let turn = 0; turn < 5; turn++) {
      await getStore().take({ ...chat, actor: 'ada' }, { age: 0, lifetime: 60_000, max: 20 })
      await hear(chat, 'typing', turn)
      await soon(() => expect(heard).toHaveLength(4 * turn + 2))
      versions.push(...heard.slice(-2).map(({ version }) => version), (await stateOf(chat)).version)
      await getStore().clear(chat, { age: 0 })
      await soon(() => expect(heard).toHaveLength(4 * turn + 4))
      versions.push(...heard.slice(-2).map(({ version }) => version))
    }
    expect(versions).toHaveLength(26)
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
    stop()
  })

  it('chats are listed in which somebody on either side may type', async () => {
    const [ours, theirs, quiet, over] = Array.from({ length: 4 }, () => newChat('busy')) as [
      StoredChat,
      StoredChat,
      StoredChat,
      StoredChat,
    ]
    expect(await getStore().activeChats('busy')).toEqual([])
    await getStore().take({ ...ours, actor: 'ada' }, { age: 0, lifetime: 60_000, max: 20 })
    await hear(theirs, 'typing', 0)
    await hear(quiet, 'message', 0)
    await getStore().take({ ...over, actor: 'ada' }, { age: 0, lifetime: 1, max: 20 })
    await soon(async () =>
      expect([...(await getStore().activeChats('busy'))].sort()).toEqual([ours.chatId, theirs.chatId].sort()),
    )
    expect(await getStore().activeChats('calm')).toEqual([])
  })

  it('at most 1,000 chats are listed, those that end last', async () => {
    const many = Array.from({ length: 1_010 }, () => newChat('crowd'))
    for (let first = 0; first < many.length; first += 101)
      await Promise.all(
        many
          .slice(first, first + 101)
          .map((chat, index) => hear(chat, 'typing', 0, { age: 60_000 - 50 * (first + index) })),
      )
    const listed = new Set(await getStore().activeChats('crowd'))
    expect(listed.size).toBe(1_000)
    expect(many.slice(10).every(({ chatId }) => listed.has(chatId))).toBe(true)
  })

  it('a listener that left before the store told it that it listens is told nothing', async () => {
    const onListening = vi.fn()
    getStore().subscribe('gone', () => {}, onListening)()
    const stop = await listenTo(getStore(), 'gone', () => {})
    expect(onListening).not.toHaveBeenCalled()
    stop()
  })

  it.each(['\n', ':', '}', '{', '"', '\\', ' ', '%', '\0', '🙂', '\ud83d', 'l', 'é', '__proto__'])(
    'handles, ids and chats may hold %j',
    async (odd) => {
      const chat = { tenant: `odd${odd}`, chatId: `${odd}${++chats}${odd}` }
      const heard: StoreChange[] = []
      const stop = await listenTo(getStore(), chat.tenant, (change) => heard.push(change))
      await hear(chat, 'typing', 0, { handle: odd })
      await hear(chat, 'typing', 0, { handle: `${odd}x` })
      expect([...(await typing(chat))].sort()).toEqual([odd, `${odd}x`].sort())
      await soon(async () => expect(await getStore().activeChats(chat.tenant)).toContain(chat.chatId))
      await hear(chat, 'message', 1, { handle: odd, id: odd })
      expect(await typing(chat)).toEqual([`${odd}x`])
      await soon(() =>
        expect(heard.at(-1)).toMatchObject({
          type: 'recipient-message',
          chatId: chat.chatId,
          handle: odd,
          id: odd,
        }),
      )
      stop()
    },
  )

  describe('a message of ours', () => {
    const take = (chat: StoredChat, actor: string) =>
      getStore().take({ ...chat, actor }, { age: 0, lifetime: 60_000, max: 20 })
    const owe = (chat: StoredChat, actor: string) =>
      getStore().giveBack({ ...chat, actor }, { age: 0, owes: lifetime })
    const isOwed = async (chat: StoredChat) => (await getStore().giveBack(chat, { age: 0, owes: 0 })).isOwed

    it('leaves a stop owed if all that was after it', async () => {
      const chat = newChat()
      for (const actor of ['ada', 'bob']) await take(chat, actor)
      await owe(chat, 'ada')
      await getStore().clear({ ...chat, actor: 'ada' }, { age: 30_000 })
      expect(await isOwed(chat)).toBe(true)
      await getStore().clear({ ...chat, actor: 'ada' }, { age: 0 })
      expect(await isOwed(chat)).toBe(false)
    })

    it('is told once by its id, however many tell of it at once', async () => {
      const chat = newChat('once')
      const heard: string[] = []
      const stop = await listenTo(getStore(), 'once', ({ type }) => heard.push(type))
      await Promise.all([1, 2, 3].map(() => getStore().clear({ ...chat, id: 'm' }, { age: 0 })))
      await getStore().clear({ ...chat, id: 'n' }, { age: 0 })
      await getStore().clear(chat, { age: 0 })
      await hear(chat, 'typing', 0)
      await soon(() => expect(heard.at(-1)).toBe('recipient-typing'))
      expect(heard).toEqual(['message', 'message', 'message', 'recipient-typing'])
      stop()
    })
  })
}
