import type { Caret } from './fieldCaret.js'

/** What is in the box of a chat, and where its caret stands. */
export interface Draft {
  readonly text: string
  readonly caret: Caret | null
}

/** A message that could not be sent, and why. */
export interface Unsent {
  readonly text: string
  readonly error: unknown
}

/**
 * What was written and not sent, by chat: the text of the box that left it, and messages whose sending failed. In memory
 * only; the chats that were left the longest ago are forgotten first.
 */
export interface Drafts {
  /** Hands the draft over, as all that is taken here: it is the taker's from now on. */
  takeDraft: (chatId: string) => Draft
  /** Keeps what a box leaves, after what another box of the chat left. */
  keepDraft: (chatId: string, draft: Draft) => void
  /** Messages that could not be sent, oldest first; the same array until that changes. */
  unsent: (chatId: string) => readonly Unsent[]
  addUnsent: (chatId: string, message: Unsent) => void
  takeUnsent: (chatId: string) => readonly Unsent[]
  subscribe: (listener: () => void) => () => void
}

interface Kept extends Draft {
  readonly unsent: readonly Unsent[]
}

const most = 200
const noDraft: Draft = { text: '', caret: null }
const none: Kept = Object.freeze({ ...noDraft, unsent: Object.freeze([]) })

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
    takeDraft(chatId) {
      const draft = read(chatId)
      write(chatId, { ...draft, ...noDraft })
      return draft
    },
    keepDraft(chatId, { text, caret }) {
      if (text === '') return
      const left = read(chatId)
      const draft = left.text === '' ? { text, caret } : { text: `${left.text}\n${text}`, caret: null }
      write(chatId, { ...left, ...draft })
    },
    unsent: (chatId) => read(chatId).unsent,
    addUnsent(chatId, message) {
      const draft = read(chatId)
      write(chatId, { ...draft, unsent: [...draft.unsent, message] })
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
