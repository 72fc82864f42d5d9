import type { Departure, StoredChat, TypingStore } from './typingStore.js'

/** How long a command may take, in milliseconds. */
const patience = 250
/** How long a store is left alone after a failure, in milliseconds. */
const pause = 5_000
/** How many leases that couldn't be given back are remembered. */
const mostKept = 1_000
/** After how long a lease has lapsed by itself, in milliseconds. */
const lifetime = 90_000

type Commands = Omit<TypingStore, 'subscribe'>

/** A store that never rejects and never keeps anyone waiting: a command that fails resolves to `undefined`. */
export type GuardedStore = Pick<TypingStore, 'subscribe'> & {
  readonly [Name in keyof Commands]: (
    ...args: Parameters<Commands[Name]>
  ) => Promise<Awaited<ReturnType<Commands[Name]>> | undefined>
}

export interface Outages {
  /** Called once when a store begins to fail. */
  onLost: (error: unknown) => void
  /** Called once when it answers again. */
  onFound: () => void
}

/** Whether a command changes something in the store. If it does so at times only, its success says little. */
type Effect = 'none' | 'at times' | 'change'

/** While the store fails, lets typing go on as without one. Afterwards, gives back the leases that ended meanwhile. */
export function guardStore(store: TypingStore, { onLost, onFound }: Partial<Outages> = {}): GuardedStore {
  let isLost = false
  /** Whether a change has failed. A store that takes none, such as a replica, can still be read. */
  let isUnwritable = false
  let lostAt = -Infinity
  let aloneUntil = -Infinity
  const unreturned = new Map<string, { chat: StoredChat & { actor: string }; at: number }>()

  async function run<Result>(
    command: (() => Promise<Result>) | undefined,
    effect: Effect,
  ): Promise<Result | undefined> {
    const beganAt = performance.now()
    // The host's own store may be older than a command.
    if (beganAt < aloneUntil || command === undefined) return undefined
    try {
      const result = await withPatience(command)
      // A command that was under way when another failed says nothing new.
      if (isLost && beganAt > lostAt && (effect === 'change' || !isUnwritable)) find()
      return result
    } catch (error) {
      lostAt = performance.now()
      aloneUntil = lostAt + pause
      isUnwritable ||= effect !== 'none'
      if (!isLost) onLost?.(error)
      isLost = true
      return undefined
    }
  }

  const guarded =
    <Args extends unknown[], Result>(
      command: ((...args: Args) => Promise<Result>) | undefined,
      effect: Effect,
    ) =>
    (...args: Args) =>
      run(command && (() => command.apply(store, args)), effect)

  async function giveBack(
    ...[chat, options]: Parameters<TypingStore['giveBack']>
  ): Promise<Departure | undefined> {
    const { actor } = chat
    const departure = await run(() => store.giveBack(chat, options), actor === undefined ? 'none' : 'change')
    if (departure === undefined && actor !== undefined && unreturned.size < mostKept)
      unreturned.set([chat.tenant, chat.chatId, actor].join('\n'), {
        chat: { ...chat, actor },
        at: performance.now() - options.age,
      })
    return departure
  }

  function find(): void {
    isLost = false
    isUnwritable = false
    aloneUntil = -Infinity
    onFound?.()
    const late = [...unreturned.values()]
    unreturned.clear()
    const now = performance.now()
    for (const { chat, at } of late) if (now - at < lifetime) void giveBack(chat, { age: now - at, owes: 0 })
  }

  return {
    take: guarded(store.take, 'change'),
    giveBack,
    settle: guarded(store.settle, 'at times'),
    clear: guarded(store.clear, 'change'),
    count: guarded(store.count, 'change'),
    hush: guarded(store.hush, 'at times'),
    quiet: guarded(store.quiet, 'none'),
    remember: guarded(store.remember, 'change'),
    knows: guarded(store.knows, 'none'),
    typists: guarded(store.typists, 'none'),
    hear: guarded(store.hear, 'change'),
    activeChats: guarded(store.activeChats, 'none'),
    states: guarded(store.states, 'none'),
    subscribe: (...args) => store.subscribe(...args),
  }
}

/** Waits for a command, but not for long. The time in which this process was too busy to notice an answer doesn't count. */
async function withPatience<Result>(command: () => Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<never>((_resolve, reject) => {
    const dueAt = performance.now() + patience
    const giveUp = () => reject(new Error(`The store did not answer within ${patience} ms.`))
    timer = setTimeout(() => {
      const delay = Math.min(Math.max(0, performance.now() - dueAt), patience)
      // A timer that is late runs before an answer that has arrived meanwhile is read.
      timer = setTimeout(giveUp, delay)
    }, patience)
  })
  try {
    return await Promise.race([command(), timeUp])
  } finally {
    clearTimeout(timer)
  }
}
