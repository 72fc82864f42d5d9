import { report } from '../../../core/report.js'
import type { Caret } from '../field/fieldCaret.js'

/** What is in the box of a place, and where its caret stands. */
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
 * What was written and not sent, by place: the text of the box that left it, and messages whose sending failed. In memory
 * only; the drafts that were left the longest ago are forgotten first, messages never.
 */
export interface Drafts {
  /** Hands the draft over, as all that is taken here: it is the taker's from now on. */
  takeDraft: (key: string) => Draft
  /** Keeps what a box leaves, after what another box of the place left. */
  keepDraft: (key: string, draft: Draft) => void
  /** Messages that could not be sent, oldest first; the same array until that changes. */
  unsent: (key: string) => readonly Unsent[]
  /** Keeps a message for the next box of its place; where none will come, it becomes an uncaught error. */
  addUnsent: (key: string, message: Unsent) => void
  takeUnsent: (key: string) => readonly Unsent[]
  /** Whether a box shows a place. */
  isShown: (key: string) => boolean
  /** A box shows a place. @returns a function that says that it no longer does. */
  show: (key: string, listener: () => void) => () => void
  /** More boxes may come. @returns a function that says that none will: messages that none showed are lost. */
  open: () => () => void
}

interface Kept extends Draft {
  readonly unsent: readonly Unsent[]
}

interface Box {
  readonly key: string
  readonly listener: () => void
}

const most = 200
const noDraft: Draft = { text: '', caret: null }
const none: Kept = Object.freeze({ ...noDraft, unsent: Object.freeze([]) })

export function createDrafts(): Drafts {
  const drafts = new Map<string, Kept>()
  const boxes = new Set<Box>()
  const noticed = new WeakSet<Unsent>()
  let isOpen = false

  const read = (key: string) => drafts.get(key) ?? none
  const boxesOf = (key: string) => [...boxes].filter((box) => box.key === key)
  const notice = (key: string) => {
    for (const message of read(key).unsent) noticed.add(message)
  }
  const lose = (messages: readonly Unsent[]) => {
    for (const message of messages) {
      if (!noticed.has(message)) reportLost(message)
      noticed.add(message)
    }
  }
  const forgetOldest = () => {
    const oldest = [...drafts].find(([, { unsent }]) => unsent.length === 0)
    if (oldest !== undefined) drafts.delete(oldest[0])
  }
  const write = (key: string, draft: Kept) => {
    drafts.delete(key)
    if (draft.text !== '' || draft.unsent.length > 0) drafts.set(key, draft)
    if (drafts.size > most) forgetOldest()
    for (const { listener } of boxesOf(key)) listener()
  }

  return {
    takeDraft(key) {
      const draft = read(key)
      write(key, { ...draft, ...noDraft })
      return draft
    },
    keepDraft(key, { text, caret }) {
      if (text === '') return
      const left = read(key)
      const draft = left.text === '' ? { text, caret } : { text: `${left.text}\n${text}`, caret: null }
      write(key, { ...left, ...draft })
    },
    unsent: (key) => read(key).unsent,
    addUnsent(key, message) {
      const draft = read(key)
      write(key, { ...draft, unsent: [...draft.unsent, message] })
      if (boxesOf(key).length > 0) notice(key)
      else if (!isOpen && boxes.size === 0) lose([message])
    },
    takeUnsent(key) {
      const draft = read(key)
      write(key, { ...draft, unsent: none.unsent })
      return draft.unsent
    },
    isShown: (key) => boxesOf(key).length > 0,
    show(key, listener) {
      const box = { key, listener }
      boxes.add(box)
      notice(key)
      return () => boxes.delete(box)
    },
    open() {
      isOpen = true
      return () => {
        isOpen = false
        for (const { unsent } of drafts.values()) lose(unsent)
      }
    },
  }
}

/** How much of a lost message is quoted, in UTF-16 code units. */
const longest = 200

function reportLost({ text, error }: Unsent): void {
  const quoted = text.length > longest ? `${text.slice(0, longest)}…` : text
  report(() => {
    throw new Error(
      `A message was not sent, and no message box is left to give it back to: “${quoted}”. ` +
        'Keep <TypingProvider> above your chats, without a key of theirs, or pass onSendFailed to take such messages.',
      { cause: error },
    )
  })
}
