import type { TypingFeedWho } from '../../core/typingFeed.js'
import { type Typist, type Typists } from './boardChat.js'
import type { FeedMessage } from './heldMessages.js'

/** What a page has been told about who is typing. */
export interface Told {
  /** Whether a page has to be told anything to know who is typing in a chat. */
  readonly differs: (chatId: string, present: Typists) => boolean
  /** Lists what a page has to be told, and counts it as told. */
  readonly compare: (
    chatId: string,
    present: Typists,
  ) => { readonly ended: readonly Typist[]; readonly begun: readonly Typist[] }
  /** Forgets a message's sender: a page that gets the message ends the sender's bubble by itself. */
  readonly forgetSender: (message: FeedMessage) => void
  readonly clear: () => void
}

const mostChats = 1_000

/** Keeps what a page was told. What has run out need not be reported: the page knows when that is. */
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
    const isShown = ([key, typist]: [string, Typist]) =>
      known?.get(key) === typist && !ended.some(([, { who }]) => endsWith(typist.who, who))
    const begun = [...present].filter((entry) => !isShown(entry))
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
    forgetSender(message) {
      const known = chats.get(message.chatId)
      const sender = senderOf(message)
      for (const [key, { who }] of known ?? [])
        if (sender === undefined ? who.type === message.from : endsWith(who, sender)) known?.delete(key)
    },
    clear: () => chats.clear(),
  }
}

function senderOf({ from, handle, actor }: FeedMessage): TypingFeedWho | undefined {
  if (from === 'recipient') return handle === undefined ? undefined : { type: 'recipient', handle }
  return actor === undefined ? undefined : { type: 'agent', id: actor }
}

/** Whether one person's end also ends the other's bubble on a page: a recipient without a handle may be any of them. */
function endsWith(one: TypingFeedWho, ended: TypingFeedWho): boolean {
  if (one.type === 'agent' || ended.type === 'agent')
    return one.type === 'agent' && ended.type === 'agent' && one.id === ended.id
  return one.handle === undefined || ended.handle === undefined || one.handle === ended.handle
}
