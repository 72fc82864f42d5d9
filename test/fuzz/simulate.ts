import { createHttpFetcher, type TypingFetcher } from 'react-linq-typing'
import { type BubbleSpan, createLinqEmulator } from 'react-linq-typing/testing'
import type { Driver } from './driver.js'
import { type FuzzEvent, type Scenario, slots } from './events.js'
import { startVirtualTime } from './virtualTime.js'

/** What a log remembers, in the order in which it happened. */
export type LogEntry = { at: number; chat: string } & (
  | { what: 'edit'; slot: number }
  | { what: 'end'; slot: number; why: FuzzEvent['what'] }
  | { what: 'send'; id: number }
  | { what: 'send settled'; id: number; isSent: boolean }
  | { what: 'call'; id: number; action: 'start' | 'stop' }
  | { what: 'settled'; id: number; action: 'start' | 'stop'; status: number | null; retryAfter: number }
  | { what: 'join'; slot: number }
  | { what: 'reset' | 'wake' | 'closed' }
)

export interface Transcript {
  log: LogEntry[]
  /** True time during which the page could do nothing: it slept, was frozen, offline, or its timers came late. */
  absences: [from: number, to: number][]
  /** True time during which the page's clocks stood still, to catch up at its end, while its answers came in. */
  stalls: [from: number, to: number][]
  /** True time during which the machine slept. */
  sleeps: [from: number, to: number][]
  /** When the wall clock jumped, and when it was set back. */
  jumps: number[]
  setBacks: number[]
  bubbles: Map<string, readonly BubbleSpan[]>
  end: number
  /** Timers that the page has left after everything in it is gone. */
  timersLeft: number
  unhandled: unknown[]
}

/** Plays a scenario against the emulated Linq and writes down everything that can be seen from outside. */
export async function simulate(
  { lifetime, events, journeys }: Scenario,
  createDriver: (fetcher: TypingFetcher) => Driver,
): Promise<Transcript> {
  const time = startVirtualTime()
  const unhandled: unknown[] = []
  const onUnhandled = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', onUnhandled)
  const log: LogEntry[] = []
  const absences: Transcript['absences'] = []
  const stalls: Transcript['stalls'] = []
  const sleeps: Transcript['sleeps'] = []
  const jumps: number[] = []
  const setBacks: number[] = []
  let deliveryDelay = 0
  let sendTakes = 0
  let calls = 0

  const linq = createLinqEmulator({
    lifetime,
    inactive: 'shown',
    deliveryDelay: () => deliveryDelay,
    clock: time.world,
    network(call) {
      if (call.action === 'message') return { up: sendTakes / 2, down: sendTakes / 2 }
      const journey = journeys[calls++ % journeys.length]
      if (journey === undefined) return {}
      const { up, down, status, code, retryAfter } = journey
      return {
        up,
        down,
        ...(status !== 204 && { answer: { status, code, ...(status === 429 && { retryAfter }) } }),
      }
    },
  })
  const chats = [linq.addChat(), linq.addChat()] as const
  let timersLeft = 0
  let isOnline = true
  let offlineSince = 0
  let isHidden = false

  let ids = 0
  const carried = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const page = createDriver(async (request) => {
    const id = ++ids
    const { chatId, action, signal } = request
    log.push({ at: time.now(), chat: chatId, what: 'call', id, action })
    let isOpen = true
    const settled = (status: number | null, retryAfter = 0) => {
      if (isOpen) log.push({ at: time.now(), chat: chatId, what: 'settled', id, action, status, retryAfter })
      isOpen = false
    }
    signal.addEventListener('abort', () => settled(null))
    try {
      await carried(request)
      settled(204)
    } catch (error) {
      const { status, retryAfter } = error as { status?: number; retryAfter?: number }
      settled(status ?? null, retryAfter)
      throw error
    }
  })

  const places = Array.from({ length: slots }, (_, slot) => ({
    slot,
    chat: chats[0],
    isEnabled: true,
    isJoined: false,
  }))
  const end = (slot: number, why: FuzzEvent['what']) =>
    log.push({ at: time.now(), chat: places[slot]!.chat, what: 'end', slot, why })
  const join = (slot: number) => {
    const place = places[slot]!
    place.isEnabled = true
    page.join(slot, place.chat)
    place.isJoined = true
    log.push({ at: time.now(), chat: place.chat, what: 'join', slot })
  }
  places.forEach(({ slot }) => join(slot))

  function edit(slot: number): void {
    const place = places[slot]!
    if (!place.isJoined) join(slot)
    if (place.isEnabled) log.push({ at: time.now(), chat: place.chat, what: 'edit', slot })
    page.keystroke(slot, true)
  }

  async function send({
    slot,
    outcome,
    takes,
    delivery,
  }: Extract<FuzzEvent, { what: 'send' }>): Promise<void> {
    const { chat, isJoined } = places[slot]!
    if (!isJoined) join(slot)
    const id = ++ids
    end(slot, 'send')
    log.push({ at: time.now(), chat, what: 'send', id })
    deliveryDelay = delivery
    sendTakes = takes
    const settled = (isSent: boolean) => log.push({ at: time.now(), chat, what: 'send settled', id, isSent })
    let sending: Promise<void>
    if (outcome === 'pending') sending = new Promise(() => undefined)
    else if (outcome === 'failed')
      sending = new Promise((_, reject) => {
        time.world.setTimeout(() => {
          settled(false)
          reject(new Error('not sent'))
        }, takes)
      })
    else
      sending = linq
        .fetch(`http://linq.test/api/partner/v3/chats/${chat}/messages`, {
          method: 'POST',
          body: JSON.stringify({ message: { parts: [{ type: 'text', value: 'x' }] } }),
        })
        .then(() => {
          settled(true)
        })
    sending.catch(() => undefined)
    page.sent(slot, sending)
    await time.pass(0)
  }

  const wake = () => {
    for (const chat of chats) log.push({ at: time.now(), chat, what: 'wake' })
  }

  async function play(event: FuzzEvent): Promise<void> {
    switch (event.what) {
      case 'edit':
        edit(event.slot)
        break
      case 'burst':
        for (let key = 0; key < event.keys; key++) {
          edit(event.slot)
          await time.pass(event.every)
        }
        break
      case 'clear':
        end(event.slot, 'clear')
        page.keystroke(event.slot, false)
        break
      case 'send':
        await send(event)
        break
      case 'leave':
        end(event.slot, 'leave')
        page.leave(event.slot)
        places[event.slot]!.isJoined = false
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
      case 'show':
        isHidden = event.what === 'hide'
        if (isHidden) places.forEach(({ slot }) => end(slot, 'hide'))
        else wake()
        page.setHidden(isHidden)
        break
      case 'stop':
        places.forEach(({ slot, chat }) => chat === chats[0] && end(slot, 'stop'))
        page.stop(chats[0])
        break
      case 'reset':
        for (const chat of chats) {
          log.push({ at: time.now(), chat, what: 'reset' })
          page.reset(chat)
        }
        break
      case 'offline':
      case 'online':
        if (isOnline && event.what === 'offline') offlineSince = time.now()
        if (!isOnline && event.what === 'online') absences.push([offlineSince, time.now()])
        isOnline = event.what === 'online'
        wake()
        page.setOnline(isOnline)
        break
      case 'freeze':
        places.forEach(({ slot }) => end(slot, 'hide'))
        page.setHidden(true)
        absences.push([time.now(), time.now() + event.lasts])
        await time.passWithoutTimers(event.lasts)
        wake()
        page.setHidden(isHidden)
        break
      case 'late':
        absences.push([time.now(), time.now() + event.lasts])
        stalls.push([time.now(), time.now() + event.lasts])
        await time.passWithoutTimers(event.lasts)
        break
      case 'sleep':
        absences.push([time.now(), time.now() + event.lasts])
        stalls.push([time.now(), time.now() + event.lasts])
        sleeps.push([time.now(), time.now() + event.lasts])
        await time.sleep(event.lasts)
        wake()
        page.wake()
        break
      case 'close':
        places.forEach(({ slot }) => end(slot, 'close'))
        for (const chat of chats) log.push({ at: time.now(), chat, what: 'closed' })
        page.close()
        places.forEach((place) => (place.isJoined = false))
        timersLeft += time.pageTimers()
        await time.pass(event.lasts)
        wake()
        page.reopen()
        places.forEach(({ slot }) => join(slot))
        break
      case 'jump':
        jumps.push(time.now())
        if (event.by < 0) setBacks.push(time.now())
        time.jump(event.by)
        break
    }
  }

  try {
    for (const event of events) {
      await time.pass(event.after)
      await play(event)
    }
    await time.pass(30_000)
    if (!(isOnline as boolean)) {
      absences.push([offlineSince, time.now()])
      isOnline = true
      wake()
      page.setOnline(true)
    }
    places.forEach(({ slot }) => {
      end(slot, 'leave')
      page.leave(slot)
    })
    await time.pass(20_000)
    timersLeft += time.pageTimers()
    page.unmount()
    await time.pass(2 * lifetime)
    return {
      log,
      absences,
      stalls,
      sleeps,
      jumps,
      setBacks,
      bubbles: new Map(chats.map((chat) => [chat, linq.timeline(chat)])),
      end: time.now(),
      timersLeft,
      unhandled,
    }
  } finally {
    time.stop()
    process.off('unhandledRejection', onUnhandled)
  }
}
