import { type OnTypingServerEvent, tell } from '../events.js'
import type { GuardedStore } from '../hub/guardedStore.js'
import { type Board, openBoard } from './board.js'
import { openPageStream, type PageStream, type PageStreamOptions } from './pageStream.js'

export type OpenStream = (options: Pick<PageStreamOptions, 'listener' | 'signal' | 'onError'>) => PageStream

/** How many of one person's pages may listen at once. */
const mostPages = 20

/** Keeps the streams of this process: one board for each tenant, and a limited number of streams for each person. */
export function createOpenStreams(
  store: GuardedStore,
  onEvent: OnTypingServerEvent | null | undefined,
): OpenStream {
  const boards = new Map<string, Board>()
  const pages = new Map<string, Set<PageStream>>()

  function boardOf(tenant: string): Board {
    const known = boards.get(tenant)
    if (known !== undefined) return known
    const board = openBoard(store, tenant, () => boards.delete(tenant))
    boards.set(tenant, board)
    return board
  }

  return ({ listener, signal, onError }) => {
    const { tenant, actor } = listener
    const whose = { actor, tenant: tenant || undefined }
    const key = `${tenant}\n${actor}`
    const own = pages.get(key) ?? new Set()
    const openedAt = performance.now()
    const stream = openPageStream({
      board: boardOf(tenant),
      listener,
      signal,
      onError,
      onEnd(why) {
        own.delete(stream)
        if (own.size === 0 && pages.get(key) === own) pages.delete(key)
        tell(onEvent, { type: 'stream-closed', ...whose, why, duration: performance.now() - openedAt })
      },
    })
    pages.set(key, own.add(stream))
    tell(onEvent, { type: 'stream-opened', ...whose })
    // The oldest is most likely the one that nobody reads any more.
    const [oldest] = own
    if (own.size > mostPages) oldest?.end('replaced')
    return stream
  }
}
