/**
 * What was written and not sent, by chat: the text in the box, and messages whose sending failed. In memory only; the
 * chats that were left the longest ago are forgotten first.
 */
export interface Drafts {
  text: (chatId: string) => string
  setText: (chatId: string, text: string) => void
  /** Messages that could not be sent, oldest first; the same array until that changes. */
  unsent: (chatId: string) => readonly string[]
  addUnsent: (chatId: string, text: string) => void
  /** Hands the unsent messages over: they are the taker's from now on. */
  takeUnsent: (chatId: string) => readonly string[]
  subscribe: (listener: () => void) => () => void
}

interface Draft {
  text: string
  unsent: readonly string[]
}

const most = 200
const none: Draft = Object.freeze({ text: '', unsent: Object.freeze([]) })

export function createDrafts(): Drafts {
  const drafts = new Map<string, Draft>()
  const listeners = new Set<() => void>()

  const read = (chatId: string) => drafts.get(chatId) ?? none
  const write = (chatId: string, draft: Draft) => {
    drafts.delete(chatId)
    if (draft.text !== '' || draft.unsent.length > 0) drafts.set(chatId, draft)
    const [oldest] = drafts.keys()
    if (drafts.size > most && oldest !== undefined) drafts.delete(oldest)
    for (const listener of [...listeners]) listener()
  }

  return {
    text: (chatId) => read(chatId).text,
    setText: (chatId, text) => write(chatId, { ...read(chatId), text }),
    unsent: (chatId) => read(chatId).unsent,
    addUnsent(chatId, text) {
      const draft = read(chatId)
      write(chatId, { ...draft, unsent: [...draft.unsent, text] })
    },
    takeUnsent(chatId) {
      const { text, unsent } = read(chatId)
      write(chatId, { text, unsent: none.unsent })
      return unsent
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
