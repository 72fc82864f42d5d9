import type { Caret } from '../field/fieldCaret.js'
import type { MessageBoxHost } from './messageBoxHost.js'
import { throwLost } from './sendMessage.js'

/** A message that left a box and has not been sent, or not yet. */
export interface Message {
  readonly text: string
  /** Who sent it. */
  readonly host: MessageBoxHost
  /** `waiting` was not sent and can be put back; `returned` was not sent and is in a box again, or with `onSendFailed`. */
  status: 'sending' | 'waiting' | 'returned'
  /** Why it was not sent. */
  error?: unknown
  /** The chat that it belongs to. */
  record: ChatRecord
  /** Whether a box has shown that it was not sent. */
  isSeen?: boolean
}

/**
 * What was written in a chat and has not been sent: its draft, and its messages. One rule holds: a message that was not sent
 * belongs to its chat. If a box shows the chat and is empty, it takes the message back; otherwise the message waits here, or
 * goes to `onSendFailed`.
 *
 * Replies and private notes of a chat are two records.
 */
export interface ChatRecord {
  /** Empty where there is no chat yet. */
  readonly chatId: string
  readonly isNote: boolean
  /** The text and caret of the box that left the chat. */
  draft: { readonly text: string; readonly caret: Caret | null }
  /** In the order in which they were sent. */
  messages: Message[]
  /** Refreshes each box that shows the chat. */
  readonly boxes: Set<() => void>
  /** The records that it belongs to. */
  readonly all: ChatRecords
}

/** The records of a provider's chats, or of one box without a chat. In memory only. */
export interface ChatRecords {
  /** The chat that was left longest ago comes first. */
  readonly chats: Map<string, ChatRecord>
  /** Whether a box may still come and take a message back. */
  isOpen: boolean
}

/** How many records are kept. Records with messages are never dropped. */
const most = 200

const noDraft: ChatRecord['draft'] = { text: '', caret: null }

const providers = new WeakMap<object, ChatRecords>()

export function createChatRecords(): ChatRecords {
  return { chats: new Map(), isOpen: true }
}

/** @param closing what the provider runs when it unmounts. All its boxes have the same one. */
export function recordsOf(closing: Set<() => void>): ChatRecords {
  const known = providers.get(closing)
  if (known !== undefined) return known
  const records = createChatRecords()
  providers.set(closing, records)
  closing.add(() => closeRecords(records))
  return records
}

/** No box will come any more: messages that wait for one become uncaught errors. */
export function closeRecords(records: ChatRecords): void {
  records.isOpen = false
  for (const { messages } of records.chats.values()) messages.forEach(loseUnseen)
}

export function recordOf(all: ChatRecords, chatId: string, isNote: boolean): ChatRecord {
  const key = keyOf(chatId, isNote)
  const known = all.chats.get(key)
  if (known !== undefined) return known
  const record = { chatId, isNote, draft: noDraft, messages: [], boxes: new Set<() => void>(), all }
  all.chats.set(key, record)
  return record
}

/** A box shows the chat. */
export function enterChat(record: ChatRecord, refresh: () => void): void {
  record.all.isOpen = true
  record.boxes.add(refresh)
  for (const message of record.messages) message.isSeen = message.status === 'waiting'
}

/** A box no longer shows the chat. Its text is kept, after what another box left. */
export function leaveChat(record: ChatRecord, refresh: () => void, text: string, caret: Caret | null): void {
  const { boxes, draft, chatId, isNote } = record
  const { chats } = record.all
  boxes.delete(refresh)
  if (text !== '')
    record.draft = draft.text === '' ? { text, caret } : { text: joined(draft.text, text), caret: null }
  const key = keyOf(chatId, isNote)
  chats.delete(key)
  if (isNeeded(record) || record.draft.text !== '') chats.set(key, record)
  for (const [other, record] of chats)
    if (!isNeeded(record) && (record.draft.text === '' || chats.size > most)) chats.delete(other)
}

function isNeeded({ messages, boxes }: ChatRecord): boolean {
  return messages.length + boxes.size > 0
}

export function takeDraft(record: ChatRecord): ChatRecord['draft'] {
  const { draft } = record
  record.draft = noDraft
  return draft
}

/** Takes the texts that wait to be put back. */
export function takeWaiting({ messages }: ChatRecord): string[] {
  const waiting = messages.filter(({ status }) => status === 'waiting')
  for (const message of waiting) message.status = 'returned'
  return waiting.map(({ text }) => text)
}

/** Lets a message wait for a box on its chat. If none can come, it becomes an uncaught error. */
export function letWait(message: Message): void {
  message.status = 'waiting'
  const { boxes, all } = message.record
  if (boxes.size > 0) message.isSeen = true
  else if (!all.isOpen) loseUnseen(message)
}

function loseUnseen(message: Message): void {
  if (message.status !== 'waiting' || message.isSeen) return
  message.isSeen = true
  throwLost(message.text, message.error)
}

/** Drops some messages. */
export function forget(record: ChatRecord, isOver: (message: Message) => boolean): void {
  const left = record.messages.filter((message) => !isOver(message))
  const isChanged = left.length < record.messages.length
  record.messages = left
  if (isChanged) refreshBoxes(record)
}

export const isReturned = ({ status }: Message): boolean => status === 'returned'

/** Moves messages to another record: the chat has just got its id, or the box now writes notes. */
export function moveMessages(
  from: ChatRecord,
  to: ChatRecord,
  isMoving: (message: Message) => boolean = () => true,
): void {
  const moving = from.messages.filter(isMoving)
  forget(from, isMoving)
  to.messages = [...to.messages, ...moving]
  for (const message of moving) message.record = to
}

export function refreshBoxes({ boxes }: ChatRecord): void {
  for (const refresh of [...boxes]) refresh()
}

/** The texts, one per line. */
export function joined(...texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}

function keyOf(chatId: string, isNote: boolean): string {
  return `${isNote ? 'note' : 'reply'}:${chatId}`
}
