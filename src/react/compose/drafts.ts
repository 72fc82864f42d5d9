import type { Caret } from './textField.js'

/** What is in the box of a chat, and where its caret stands. */
export interface Draft {
  readonly text: string
  readonly caret: Caret | null
}

/**
 * What was written and not sent, by chat: the text in the box, and messages whose sending failed. In memory only; the
 * chats that were left the longest ago are forgotten first.
 */
export interface Drafts {
  draft: (chatId: string) => Draft
  setDraft: (chatId: string, draft: Draft) => void
  /** Messages that could not be sent, oldest first; the same array until that changes. */
  unsent: (chatId: string) => readonly string[]
  addUnsent: (chatId: string, text: string) => void
  /** Hands the unsent messages over: they are the taker's from now on. */
  takeUnsent: (chatId: string) => readonly string[]
  subscribe: (listener: () => void) => () => void
}

interface Kept extends Draft {
  readonly unsent: readonly string[]
}

const most = 200
const none: Kept = Object.freeze({ text: '', caret: null, unsent: Object.freeze([]) })

export function createDrafts(): Drafts {
  const drafts = new Map<string, Kept>()
  const listeners = new Set<() => void>()

  const read = (chatId: string) => drafts.get(chatId) ?? none
  const write = (chatId: string, draft: Kept) => {
    drafts.delete(chatId)
    if (draft.text !== '' || draft.unsent.length > 0) drafts.set(chatId, draft)
    const [oldest] = drafts.keys()
    if (drafts.size > most && oldest !== undefined) drafts.delete(oldest)
    for (const listener of [...listeners]) listener()
  }

  return {
    draft: read,
    setDraft: (chatId, { text, caret }) => write(chatId, { ...read(chatId), text, caret }),
    unsent: (chatId) => read(chatId).unsent,
    addUnsent(chatId, text) {
      const draft = read(chatId)
      write(chatId, { ...draft, unsent: [...draft.unsent, text] })
    },
    takeUnsent(chatId) {
      const draft = read(chatId)
      write(chatId, { ...draft, unsent: none.unsent })
      return draft.unsent
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
