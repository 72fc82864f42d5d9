import { agentKey, recipientKey, type Typist, type Typists } from './boardChat.js'
import type { FeedMessage } from './heldMessages.js'

/** What a page was told of who types. */
export interface Told {
  /** Whether a page has to be told anything, so that it knows who types in a chat. */
  readonly differs: (chatId: string, present: Typists) => boolean
  /** Lists what a page has to be told, and takes it for told. */
  readonly compare: (
    chatId: string,
    present: Typists,
  ) => { readonly ended: readonly Typist[]; readonly begun: readonly Typist[] }
  /** A page that is told of a message ends the bubble of its sender by itself. */
  readonly forgetSender: (message: FeedMessage) => void
  readonly clear: () => void
}

const mostChats = 1_000

/** Keeps what a page was told. What has run out needs no telling: the page knows when. */
export function createTold(): Told {
  const chats = new Map<string, Map<string, Typist>>()

  function isFull(now: number): boolean {
    if (chats.size < mostChats) return false
    for (const [chatId, known] of chats)
      if ([...known.values()].every(({ endsAt }) => endsAt <= now)) chats.delete(chatId)
    return chats.size >= mostChats
  }

  function difference(chatId: string, present: Typists) {
    const now = performance.now()
    const known = chats.get(chatId)
    const ended = [...(known ?? [])].filter(([key, { endsAt }]) => endsAt > now && !present.has(key))
    const begun = [...present].filter(([key, typist]) => known?.get(key) !== typist)
    return { ended: ended.map(([, typist]) => typist), begun: begun.map(([, typist]) => typist) }
  }

  return {
    differs(chatId, present) {
      const { ended, begun } = difference(chatId, present)
      return ended.length > 0 || begun.length > 0
    },
    compare(chatId, present) {
      if (!chats.has(chatId) && isFull(performance.now())) return { ended: [], begun: [] }
      const result = difference(chatId, present)
      if (present.size > 0) chats.set(chatId, new Map(present))
      else chats.delete(chatId)
      return result
    },
    forgetSender({ chatId, from, actor, handle }) {
      const known = chats.get(chatId)
      if (known === undefined) return
      const sender = from === 'agent' ? actor : handle
      // Whoever is not known may be the sender, too.
      const ended =
        from === 'agent' ? [agentKey(actor ?? '')] : [recipientKey(handle), recipientKey(undefined)]
      for (const [key, { who }] of known)
        if (sender === undefined ? who.type === from : ended.includes(key)) known.delete(key)
    },
    clear: () => chats.clear(),
  }
}
