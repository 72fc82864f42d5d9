import type { Driver, PageState } from './driver.js'
import { type FuzzEvent, slots } from './events.js'
import type { ChatEvent, EndedBy, PageEvent } from './log.js'
import type { FuzzNetwork } from './network.js'
import type { VirtualTime } from './virtualTime.js'

/** Plays events on a page, and notes each before the page hears of it. */
export interface Player {
  /** Puts every input into the first chat. */
  begin: () => void
  play: (event: FuzzEvent) => Promise<void>
  leaveAll: () => void
  /** Timers that were left each time that the provider had closed. */
  timersLeft: () => number
}

export interface Stage {
  time: VirtualTime
  page: Driver
  network: FuzzNetwork
  chats: readonly [string, string]
  noteChat: (chat: string, event: ChatEvent) => void
  notePage: (event: PageEvent) => void
}

type PlayOf<W extends FuzzEvent['what']> = Extract<FuzzEvent, { what: W }>

export function createPlayer({ time, page, network, chats, noteChat, notePage }: Stage): Player {
  const places = Array.from({ length: slots }, (_, slot) => ({
    slot,
    chat: chats[0],
    isEnabled: true,
    isJoined: false,
  }))
  let seen: PageState = 'visible'
  let sends = 0
  let timersLeft = 0

  const end = (slot: number, why: EndedBy) => noteChat(places[slot]!.chat, { what: 'end', slot, why })
  const endAll = (why: EndedBy) => places.forEach(({ slot }) => end(slot, why))
  const join = (slot: number) => {
    const place = places[slot]!
    place.isEnabled = true
    place.isJoined = true
    noteChat(place.chat, { what: 'join', slot })
    page.join(slot, place.chat)
  }
  const leave = (slot: number) => {
    places[slot]!.isJoined = false
    end(slot, 'leave')
    page.leave(slot)
  }
  const edit = (slot: number) => {
    const place = places[slot]!
    if (!place.isJoined) join(slot)
    if (place.isEnabled && seen !== 'gone') noteChat(place.chat, { what: 'edit', slot })
    page.keystroke(slot, true)
  }

  async function type(slot: number, keys: number, every: number): Promise<void> {
    for (let key = 0; key < keys; key++) {
      edit(slot)
      await time.pass(every)
    }
  }

  async function send({ slot, outcome, takes, delivery, told }: PlayOf<'send'>): Promise<void> {
    if (!places[slot]!.isJoined) join(slot)
    const { chat } = places[slot]!
    const id = ++sends
    const sentAt = time.now()
    end(slot, 'send')
    noteChat(chat, { what: 'send', id, slot })
    const settled = (isSent: boolean) => noteChat(chat, { what: 'send settled', id, isSent })
    const unsent = async () => {
      await new Promise<void>((resolve) => time.world.setTimeout(resolve, takes))
      await time.awake()
    }
    const attempt = {
      sent: () => network.sendMessage(chat, takes, delivery),
      failed: () => unsent().then(() => Promise.reject(new Error('not sent'))),
      refused: () => unsent().then(() => ({ ok: false, status: 500 })),
      pending: () => new Promise<void>(() => undefined),
    }[outcome]
    const sending = attempt().then(
      (answer) => {
        settled(outcome === 'sent')
        if (outcome !== 'sent') return answer
        if (told !== null) time.world.setTimeout(() => void tell(chat, true, false, sentAt), told)
        return answer
      },
      (reason: unknown) => {
        settled(false)
        throw reason
      },
    )
    sending.catch(() => undefined)
    page.sent(slot, sending)
    await time.pass(0)
  }

  async function tell(chat: string, isOwn: boolean, isOthers: boolean, sentAt: number): Promise<void> {
    await time.awake()
    noteChat(chat, { what: 'message told', isOwn, isOthers, sentAt })
    page.messageTold(chat, isOthers)
  }

  async function others({ slot, delivery, isKnown, times, every }: PlayOf<'others'>): Promise<void> {
    const { chat } = places[slot]!
    const sendOne = () => {
      const sentAt = time.now()
      void network.sendMessage(chat, 0, delivery).then(
        () => tell(chat, false, isKnown, sentAt),
        () => undefined,
      )
    }
    sendOne()
    for (let sent = 1; sent < times; sent++) time.world.setTimeout(sendOne, sent * every)
    await time.pass(0)
  }

  function show(next: PageState): void {
    if (next !== 'visible') endAll('hide')
    else if (seen !== 'visible') notePage({ what: 'wake' })
    seen = next
    page.setPage(next)
  }

  async function away(pass: () => Promise<void>, isTold: boolean): Promise<void> {
    notePage({ what: 'away' })
    await pass()
    notePage({ what: 'back' })
    if (isTold) notePage({ what: 'wake' })
  }

  async function freeze(lasts: number): Promise<void> {
    const before = seen
    show(before === 'gone' ? 'gone' : 'hidden')
    await away(() => time.freeze(lasts), before === 'visible')
    seen = before
    page.setPage(before)
  }

  async function revisit({ slot, takes, lasts, keys }: PlayOf<'revisit'>): Promise<void> {
    if (takes !== null)
      await send({ what: 'send', slot, outcome: 'sent', takes, delivery: 1_000, told: null, after: 0 })
    for (const place of places) if (place.isJoined) leave(place.slot)
    await time.pass(lasts)
    await type(slot, keys, 1_500)
  }

  async function close(lasts: number): Promise<void> {
    endAll('close')
    notePage({ what: 'closed' })
    page.close()
    for (const place of places) place.isJoined = false
    timersLeft += time.pageTimers()
    await time.pass(lasts)
    notePage({ what: 'opened' })
    page.reopen()
    places.forEach(({ slot }) => join(slot))
  }

  async function play(event: FuzzEvent): Promise<void> {
    switch (event.what) {
      case 'edit':
        edit(event.slot)
        break
      case 'burst':
        await type(event.slot, event.keys, event.every)
        break
      case 'clear':
        end(event.slot, 'clear')
        page.keystroke(event.slot, false)
        break
      case 'send':
        await send(event)
        break
      case 'others':
        await others(event)
        break
      case 'leave':
        leave(event.slot)
        break
      case 'switch': {
        const place = places[event.slot]!
        end(event.slot, 'switch')
        place.chat = place.chat === chats[0] ? chats[1] : chats[0]
        join(event.slot)
        break
      }
      case 'toggle': {
        const place = places[event.slot]!
        place.isEnabled = !place.isEnabled
        if (!place.isEnabled) end(event.slot, 'toggle')
        page.setEnabled(event.slot, place.isEnabled)
        break
      }
      case 'hide':
      case 'gone':
      case 'show':
        if (event.what === 'hide' && seen === 'gone') break
        show(event.what === 'show' ? 'visible' : event.what === 'hide' ? 'hidden' : 'gone')
        break
      case 'stop':
        // Only who is in a chat can stop in it.
        if (!places.some(({ chat, isJoined }) => isJoined && chat === chats[0])) break
        places.forEach(({ slot, chat }) => chat === chats[0] && end(slot, 'stop'))
        noteChat(chats[0], { what: 'stop' })
        page.stop(chats[0])
        break
      case 'reset':
        for (const chat of chats) {
          if (!places.some((place) => place.isJoined && place.chat === chat)) continue
          noteChat(chat, { what: 'reset' })
          page.reset(chat)
        }
        break
      case 'offline':
      case 'lie':
      case 'online':
        network.setOffline(event.what === 'offline')
        notePage({ what: 'flag', isOnline: event.what === 'online' })
        page.setOnline(event.what === 'online')
        break
      case 'freeze':
        await freeze(event.lasts)
        break
      case 'late':
        await away(() => time.passWithoutTimers(event.lasts), false)
        break
      case 'sleep':
        await away(() => time.sleep(event.lasts), page.hearsWake)
        page.wake()
        break
      case 'revisit':
        await revisit(event)
        break
      case 'close':
        // Nothing comes back in a page that was left.
        if (seen !== 'gone') await close(event.lasts)
        break
      case 'jump':
        notePage({ what: 'jump' })
        time.jump(event.by)
        notePage({ what: 'jump' })
        break
    }
  }

  return {
    begin: () => places.forEach(({ slot }) => join(slot)),
    play,
    leaveAll: () => places.forEach(({ slot }) => leave(slot)),
    timersLeft: () => timersLeft,
  }
}
