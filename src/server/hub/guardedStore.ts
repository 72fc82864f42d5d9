import { createCommandDates } from './commandDates.js'
import { createMissedCommands } from './missedCommands.js'
import type { Departure, LeaseHolder, StoredChat, TypingStore } from './typingStore.js'
import { createWatchedSubscribe } from './watchedSubscribe.js'

/** How long a command may take, in milliseconds. */
const patience = 250
/** How long a store is left alone after a failure, in milliseconds. */
const pause = 5_000

type Commands = Omit<TypingStore, 'subscribe'>

/** A store that never rejects and never keeps anyone waiting: a command that fails resolves to `undefined`. */
export type GuardedStore = Pick<TypingStore, 'subscribe'> & {
  readonly [Name in Exclude<keyof Commands, 'take' | 'giveBack'>]: (
    ...args: Parameters<Commands[Name]>
  ) => Promise<Awaited<ReturnType<Commands[Name]>> | undefined>
} & {
  /** Takes a lease for a call, which counts as later than the calls of the same actor that came before. */
  readonly take: (
    holder: LeaseHolder & Arrival,
    options: { lifetime: number; max: number },
  ) => Promise<boolean | 'stale' | undefined>
  /**
   * Gives a lease back for a call, and repeats it if it fails. It counts as `take` does.
   *
   * @param onRepeated called with the answer if the lease was given back only later.
   */
  readonly giveBack: (
    chat: StoredChat & { readonly actor?: string | undefined } & Arrival,
    options: { owes: number },
    onRepeated?: (departure: Departure) => void,
  ) => Promise<Departure | undefined>
}

interface Arrival {
  /** When the call came, by `performance.now()`. */
  readonly arrivedAt: number
}

export interface Outages {
  /** Called once when a store begins to fail. */
  onLost: (error: unknown) => void
  /** Called once when it answers again. */
  onFound: () => void
  /** Called once when it answers, but doesn't listen for changes. */
  onDeaf: (error: unknown) => void
}

/** Whether a command writes to the store. If it only writes sometimes, its success proves little. */
type Effect = 'none' | 'sometimes' | 'change'

/**
 * While the store fails, lets typing go on as without one. Afterwards, tells it what it missed: which leases ended, and what
 * the other side did.
 */
export function guardStore(
  store: TypingStore,
  { onLost, onFound, onDeaf }: Partial<Outages> = {},
): GuardedStore {
  let isLost = false
  /** Whether a change has failed. A store that takes none, such as a replica, can still be read. */
  let isUnwritable = false
  let lostAt = -Infinity
  let aloneUntil = -Infinity
  const dates = createCommandDates()
  const missed = createMissedCommands(() => aloneUntil - performance.now())

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

  const take: GuardedStore['take'] = (holder, options) =>
    run(() => {
      const date = dates.dateOf(holder, holder.arrivedAt)
      return dates.send(holder, date, (age) => store.take(holder, { ...options, age }))
    }, 'change')

  const giveBack: GuardedStore['giveBack'] = async (chat, options, onRepeated) => {
    const { tenant, chatId, actor, arrivedAt } = chat
    const date = dates.dateOf(chat, arrivedAt)
    const once = ({ owes }: typeof options) =>
      run(
        () => dates.send(chat, date, (age) => store.giveBack(chat, { age, owes })),
        actor === undefined ? 'none' : 'change',
      )
    const keep = () =>
      missed.keep(['lease', tenant, chatId, actor].join('\n'), { at: arrivedAt, repeat: () => void repeat() })
    const repeat = async () => {
      const departure = await once({ owes: 0 })
      if (departure === undefined) keep()
      else onRepeated?.(departure)
    }
    const departure = await once(options)
    if (departure === undefined && actor !== undefined) keep()
    return departure
  }

  const clear: GuardedStore['clear'] = async (message, options) => {
    const { tenant, chatId, actor = '' } = message
    const at = performance.now() - options.age
    const done = await run(() => store.clear(message, options).then(() => true), 'change')
    if (done === undefined)
      missed.keep(['message', tenant, chatId, actor].join('\n'), {
        at,
        repeat: () => void clear(message, { age: performance.now() - dates.dateOfMessage(message, at) }),
      })
  }

  const hear: GuardedStore['hear'] = async (chat, sign, lifetime) => {
    const { hear: command } = store as Partial<TypingStore>
    const at = performance.now() - sign.age
    const isNoted = await run(command && (() => command.call(store, chat, sign, lifetime)), 'change')
    // Linq doesn't repeat an event that was answered.
    if (isNoted === undefined && command !== undefined)
      missed.keep(['sign', chat.tenant, chat.chatId, sign.handle ?? ''].join('\n'), {
        at,
        repeat: () => void hear(chat, { ...sign, age: performance.now() - at }, lifetime),
      })
    return isNoted
  }

  function find(): void {
    isLost = false
    isUnwritable = false
    aloneUntil = -Infinity
    onFound?.()
    missed.repeatAll()
  }

  return {
    take,
    giveBack,
    settle: guarded(store.settle, 'sometimes'),
    clear,
    count: guarded(store.count, 'change'),
    hush: guarded(store.hush, 'sometimes'),
    quiet: guarded(store.quiet, 'none'),
    remember: guarded(store.remember, 'change'),
    knows: guarded(store.knows, 'none'),
    typists: guarded(store.typists, 'none'),
    hear,
    activeChats: guarded(store.activeChats, 'none'),
    states: guarded(store.states, 'none'),
    subscribe: createWatchedSubscribe(store, () => isLost, onDeaf),
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
