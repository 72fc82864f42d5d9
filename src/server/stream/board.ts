import { ExpiringMap } from '../expiringMap.js'
import type { GuardedStore } from '../hub/guardedStore.js'
import type { StoreChange } from '../hub/typingStore.js'
import { type BoardChat, byPerson, change, toBoardChat, type Typists } from './boardChat.js'

/** Who is notified of changes on a board. */
export interface BoardWatcher {
  readonly onChange: (change: StoreChange) => void
  /** Everything that was known has been replaced. */
  readonly onLoad: () => void
}

/** Who is typing in a tenant's chats, for all streams of this process: one subscription, and one reading. */
export interface Board {
  /** Whether the store has said who is typing. */
  readonly isLoaded: () => boolean
  /** The known chats. In some of them nobody is typing any more. */
  readonly chatIds: () => readonly string[]
  /** Who is typing in a chat, each person once. Some may have ended by now. */
  readonly typistsIn: (chatId: string) => Typists
  readonly watch: (watcher: BoardWatcher) => void
  /** When the last watcher leaves, the board closes. */
  readonly leave: (watcher: BoardWatcher) => void
}

/** How long to wait before reading a failed store again, in milliseconds. */
const pause = 5_000
/** How many chats a store is asked about at once: it has little time to answer. */
const batch = 100
const nobody: Typists = new Map()

/**
 * Opens a board.
 *
 * @param onClosed called when nobody watches any more.
 */
export function openBoard(store: GuardedStore, tenant: string, onClosed: () => void): Board {
  let chats = new ExpiringMap<BoardChat>()
  const watchers = new Set<BoardWatcher>()
  let isLoaded = false
  let isClosed = false
  /** What happens while the store is being read. Only the latest reading counts. */
  let meanwhile: StoreChange[] | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const apply = (news: StoreChange, to: ExpiringMap<BoardChat>) => {
    const now = performance.now()
    const chat = change(to.get(news.chatId, now), news, now)
    if (chat !== undefined) to.set(news.chatId, chat, now)
  }

  function hear(news: StoreChange): void {
    if (isClosed) return
    meanwhile?.push(news)
    apply(news, chats)
    const told = byPerson(news)
    for (const { onChange } of watchers) onChange(told)
  }

  async function load(): Promise<void> {
    if (isClosed) return
    clearTimeout(retry)
    const own: StoreChange[] = (meanwhile = [])
    const read = await readChats(store, tenant)
    if (meanwhile !== own) return
    meanwhile = undefined
    if (read === undefined) {
      retry = setTimeout(() => void load(), pause)
      ;(retry as { unref?: () => void }).unref?.()
      return
    }
    for (const news of own) apply(news, read)
    chats = read
    isLoaded = true
    for (const { onLoad } of watchers) onLoad()
  }

  function forgetVersions(): void {
    const now = performance.now()
    for (const chatId of chats.keys(now)) {
      const chat = chats.get(chatId, now)
      if (chat !== undefined) chats.set(chatId, { ...chat, version: 0 }, now)
    }
  }

  const unsubscribe = store.subscribe(tenant, hear, () => {
    // The store may have started again, and count from the beginning.
    forgetVersions()
    void load()
  })

  return {
    isLoaded: () => isLoaded,
    chatIds: () => chats.keys(performance.now()),
    typistsIn: (chatId) => chats.get(chatId, performance.now())?.typists ?? nobody,
    watch: (watcher) => void watchers.add(watcher),
    leave(watcher) {
      if (!watchers.delete(watcher) || watchers.size > 0) return
      isClosed = true
      meanwhile = undefined
      clearTimeout(retry)
      unsubscribe()
      onClosed()
    },
  }
}

async function readChats(store: GuardedStore, tenant: string): Promise<ExpiringMap<BoardChat> | undefined> {
  const chats = new ExpiringMap<BoardChat>()
  const chatIds = await store.activeChats(tenant)
  if (chatIds === undefined) return undefined
  for (let first = 0; first < chatIds.length; first += batch) {
    const states = await store.states(tenant, chatIds.slice(first, first + batch))
    if (states === undefined) return undefined
    const now = performance.now()
    for (const state of states) chats.set(state.chatId, toBoardChat(state, now), now)
  }
  return chats
}
