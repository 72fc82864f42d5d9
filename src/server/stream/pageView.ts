import type { TypingFeedEvent, TypingFeedTypist } from '../../core/typingFeed.js'
import type { StoreChange } from '../hub/typingStore.js'
import type { Board } from './board.js'
import { agentKey, type Typist } from './boardChat.js'
import { createHeldMessages, type FeedMessage } from './heldMessages.js'
import { createTold } from './told.js'
import { createVerdicts } from './verdicts.js'

export interface PageViewOptions {
  readonly board: Board
  /** Whose page it is: their own typing is left out. */
  readonly actor: string
  /** The host's check of which chats the page may see. */
  readonly ask: (chatId: string) => unknown
  readonly send: (event: TypingFeedEvent) => void
  readonly onError: (error: unknown) => void
}

/** How long a snapshot waits for verdicts, in milliseconds. */
const patience = 1_000

/**
 * Tells a page who is typing in the chats that it may see: a snapshot first, then whatever changes.
 *
 * @returns a function that ends it.
 */
export function openPageView({ board, actor, ask, send, onError }: PageViewOptions): () => void {
  const told = createTold()
  const held = createHeldMessages()
  const own = agentKey(actor)
  /** The chats whose verdicts the next snapshot waits for; `undefined` while none is due. */
  let awaited: Set<string> | undefined = new Set()
  let timer: ReturnType<typeof setTimeout> | undefined

  const verdicts = createVerdicts({
    ask,
    onError,
    onVerdict(chatId, isYes) {
      if (awaited === undefined) judge(chatId, isYes)
      else if (awaited.delete(chatId) && awaited.size === 0) sendSnapshot()
    },
  })

  function othersIn(chatId: string): Map<string, Typist> {
    const now = performance.now()
    const others = new Map<string, Typist>()
    for (const [key, typist] of board.typistsIn(chatId))
      if (key !== own && typist.endsAt > now) others.set(key, typist)
    return others
  }

  /** Reports what is new in a chat, if anything, once it is known whether the page may see it. */
  function review(chatId: string): void {
    if (!held.has(chatId) && !told.differs(chatId, othersIn(chatId))) return
    const isYes = verdicts.maySee(chatId)
    if (isYes !== undefined) judge(chatId, isYes)
  }

  /** Reports what is new in a chat, as far as the page may see it. */
  function judge(chatId: string, isYes: boolean): void {
    const messages = held.take(chatId)
    // On a page, a message from an unknown agent ends no agent's bubble, so those that ended are reported first.
    if (isYes && messages.some(({ from, actor }) => from === 'agent' && actor === undefined))
      tellDifference(chatId, isYes)
    for (const message of isYes ? messages : []) {
      send(message)
      told.forgetSender(message)
    }
    tellDifference(chatId, isYes)
  }

  function tellDifference(chatId: string, isYes: boolean): void {
    const { ended, begun } = told.compare(chatId, isYes ? othersIn(chatId) : new Map<string, Typist>())
    for (const { who } of ended) send({ type: 'idle', chatId, who })
    for (const typist of begun) send({ type: 'typing', ...toFeed(chatId, typist) })
  }

  function beginSnapshot(): void {
    awaited ??= new Set()
    for (const chatId of board.chatIds())
      if (othersIn(chatId).size > 0 && verdicts.maySee(chatId) === undefined) awaited.add(chatId)
    if (awaited.size === 0) sendSnapshot()
    else wait()
  }

  function sendSnapshot(): void {
    clearTimeout(timer)
    timer = undefined
    awaited = undefined
    // Until then the page keeps what it knew before, which is better than hearing that nobody is typing.
    if (board.isLoaded()) {
      told.clear()
      const typing = board.chatIds().flatMap((chatId) => {
        const others = othersIn(chatId)
        if (others.size === 0 || verdicts.maySee(chatId) !== true) return []
        return told.compare(chatId, others).begun.map((typist) => toFeed(chatId, typist))
      })
      send({ type: 'snapshot', typing })
    } else for (const chatId of board.chatIds()) review(chatId)
    for (const chatId of held.chatIds()) review(chatId)
  }

  function wait(): void {
    timer ??= setTimeout(sendSnapshot, patience)
    ;(timer as { unref?: () => void }).unref?.()
  }

  const watcher = {
    onLoad: beginSnapshot,
    onChange(change: StoreChange) {
      const message = readMessage(change, actor)
      if (message !== undefined) held.add(message)
      // The snapshot will hold the rest.
      if (awaited === undefined) review(change.chatId)
    },
  }
  board.watch(watcher)
  if (board.isLoaded()) beginSnapshot()
  else wait()

  return () => {
    clearTimeout(timer)
    verdicts.end()
    board.leave(watcher)
  }
}

/** A message from somebody else. */
function readMessage(change: StoreChange, actor: string): FeedMessage | undefined {
  if (change.type === 'recipient-message') {
    const { chatId, handle, id } = change
    return { type: 'message', chatId, from: 'recipient', handle, id }
  }
  if (change.type !== 'message' || change.actor === actor) return undefined
  return { type: 'message', chatId: change.chatId, from: 'agent', actor: change.actor, id: change.id }
}

function toFeed(chatId: string, { who, since, endsAt }: Typist): TypingFeedTypist {
  const now = performance.now()
  return { chatId, who, age: Math.round(now - since), endsIn: Math.round(endsAt - now) }
}
