import type { Chat } from './chat.js'
import { isOn, mayBeHeld, mayBeWishedFor, surelyComposes } from './belief.js'
import { memory, stopTries, tolerance } from './figures.js'
import type { ChatEvent, LogEntry, PageEvent } from './log.js'
import { type Moment, reliedAge } from './moments.js'
import type { Page } from './page.js'
import { noteOutcome } from './outcomes.js'
import { endIfOver, leftByTimer, noWaits, reconnect, type Wait } from './waits.js'
import { dropPutOff, findLate, noteSent, noteTold } from './toldMessages.js'
import { freeStops, giveUp, haveNews } from './obligations.js'

type Of<E extends { what: string }, W extends E['what']> = Moment & Extract<E, { what: W }>

/** Takes an entry of the log into what is known. */
export function note(page: Page, entry: LogEntry, index: number): void {
  if (page.isAway) for (const chat of page.chats.values()) findLate(chat, entry)
  if (entry.chat === null) notePage(page, entry)
  else noteChat(page.chats.get(entry.chat)!, page, entry, index)
  for (const chat of page.chats.values()) dropPutOff(chat, page, entry)
}

function noteChat(chat: Chat, page: Page, entry: Moment & ChatEvent, index: number): void {
  switch (entry.what) {
    case 'join':
      if (chat.members.size === 0) {
        chat.errors = [...new Set([...chat.errors, null])]
        chat.isFinal = false
        chat.joinedAt = entry.at
        // How many failed in a row may be forgotten with the last input.
        chat.starting.atLeast = chat.stopping.atLeast = { then: null, count: 0 }
      }
      chat.members.add(entry.slot)
      chat.left = null
      break
    case 'edit':
      chat.inputs.set(entry.slot, {
        edited: entry,
        editIndex: index,
        isLive: true,
        isDoubtful: false,
        isOver: false,
      })
      chat.drivenAt = entry.at
      // Whether a stop under way is one of the next two is not said.
      if (chat.call?.action === 'stop') chat.stopsBefore = chat.stops
      else haveNews(chat)
      break
    case 'end':
      if (entry.why !== 'send') noteEnd(chat, entry)
      break
    case 'send': {
      const input = chat.inputs.get(entry.slot)
      const edited = input !== undefined && surelyComposes(input, entry) ? input.edited : null
      if (input !== undefined) input.isLive = false
      noteSent(chat, { id: entry.id, sent: entry })
      chat.messages.push({ id: entry.id, sent: entry, index, edited, accepted: null })
      break
    }
    case 'send settled':
      for (const message of chat.messages)
        if (message.id === entry.id && entry.isSent) message.accepted = entry
      if (entry.isSent) break
      chat.messages = chat.messages.filter(({ id }) => id !== entry.id)
      chat.untold = chat.untold.filter(({ id }) => id !== entry.id)
      break
    case 'message told':
      noteTold(chat, page, entry, entry.isOthers)
      break
    case 'call':
      chat.call = {
        action: entry.action,
        begun: entry,
        begunIndex: index,
        isLast: chat.left !== null && reliedAge(chat.left, entry) >= memory - tolerance,
        isShared: false,
        certainty: 'certain',
      }
      if (entry.action === 'stop') {
        chat.stops++
        if (chat.cleared !== null) chat.cleared.isArguable = true
      } else {
        chat.lastStart = { begun: entry, index }
        chat.corrections = []
        chat.putOff = []
      }
      break
    case 'settled':
      noteOutcome(chat, page, entry, index)
      break
    case 'stop':
      chat.forcedIndex = index
      haveNews(chat)
      break
    case 'reset':
      // What was held back is not made good, be it an edit's start or a correction.
      for (const other of page.chats.values())
        if (mayBeHeld(other, page, entry)) {
          other.drivenAt = -1
          forgive(other)
        }
      if (chat.isFinal) forgive(chat)
      chat.starting = noWaits()
      chat.stopping = noWaits()
      chat.isFinal = false
      chat.errors = [null]
      page.caller = noWaits()
      page.resetIndex = index
      haveNews(chat)
      break
    case 'told':
      chat.told = entry.state
      chat.toldAt = entry
      break
  }
}

function forgive(chat: Chat): void {
  chat.corrections = chat.corrections.map((correction) => ({ ...correction, isOwed: false }))
}

function noteEnd(chat: Chat, entry: Of<ChatEvent, 'end'>): void {
  const { slot, why } = entry
  const input = chat.inputs.get(slot)
  if (input !== undefined) input.isLive = false
  if (why !== 'leave' && why !== 'switch' && why !== 'close') return
  const hasLeft = chat.members.delete(slot)
  if (!hasLeft || chat.members.size > 0) return
  chat.left = entry
  // A stop that a limit holds is given up.
  const holds = (kind: Wait['kind']) =>
    chat.stopping.list.some((wait) => wait.kind === kind && leftByTimer(wait, entry) > 0)
  if (holds('limit') || (chat.stops >= stopTries && !holds('offline'))) giveUp(chat, entry)
  // A belief may be forgotten with the last input.
  if (chat.cleared !== null) chat.cleared.isArguable = true
  if (chat.certainty === 'certain') chat.certainty = 'arguable'
  // Whether one that waits for a call is made for somebody who is back by then is not said.
  forgive(chat)
}

function notePage(page: Page, entry: Moment & PageEvent): void {
  const chats = [...page.chats.values()]
  switch (entry.what) {
    case 'away':
      page.isAway = true
      break
    case 'back':
      page.isAway = false
      page.back = entry
      for (const chat of chats) {
        chat.stopsBefore = chat.stops
        for (const correction of chat.corrections) correction.due = entry
        for (const correction of chat.corrected) correction.isLate = false
        freeStops(chat)
      }
      break
    case 'wake':
      for (const chat of chats) {
        haveNews(chat)
        freeStops(chat)
        for (const input of chat.inputs.values()) input.isOver ||= !surelyComposes(input, entry)
      }
      break
    case 'flag':
      page.isOnline = entry.isOnline
      if (!entry.isOnline) break
      for (const chat of chats) {
        haveNews(chat)
        reconnect(chat.starting, entry)
        reconnect(chat.stopping, entry)
        freeStops(chat)
      }
      break
    case 'closed':
    case 'opened':
      page.isClosed = entry.what === 'closed'
      page.opened = entry
      for (const chat of chats) {
        chat.isTriedClosed = false
        if (page.isClosed) forgive(chat)
        else chat.stopsBefore = chat.stops
        freeStops(chat)
      }
      break
    case 'jump':
      for (const wait of page.caller.list) endIfOver(wait, entry)
      for (const chat of chats) {
        for (const input of chat.inputs.values()) {
          input.isDoubtful ||= !surelyComposes(input, entry)
          // By a clock that was set back it is not over.
          input.isOver = false
        }
        for (const wait of [...chat.starting.list, ...chat.stopping.list]) endIfOver(wait, entry)
        // A wish that the clock brings back is news.
        if (mayBeWishedFor(chat, entry) > 0) chat.stopsBefore = chat.stops
        if (isOn(chat, entry) === 'no' && chat.certainty === 'certain') chat.certainty = 'arguable'
      }
      break
  }
}
