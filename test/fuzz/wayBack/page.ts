import { createSseFeed, type TypingFeedEvent } from 'react-linq-typing'
import type { TypingSessions } from '../../../src/core/sessions.js'
import { createFeedRecord } from '../../../src/react/feedRecord.js'
import { type IncomingStore, incomingStoreOf } from '../../../src/react/incoming/incomingStore.js'
import { chats, type Mishap } from './events.js'
import type { PageRecord, Stretch } from './transcript.js'
import type { Wire } from './wire.js'
import { at, type Machine, type World } from './world.js'

/** A page with a feed, and what it shows. */
export interface Page {
  readonly open: () => void
  /** From now on it shows what the feed tells. */
  readonly look: () => void
  readonly close: () => void
  readonly suffer: (mishap: Mishap, lasts: number, first: 'network' | 'timers') => void
  /** What it shows of a chat; nothing while it can't run. */
  readonly view: (chat: string) => ReturnType<IncomingStore['view']> | undefined
}

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'
}

export type PageMachine = Machine & { readonly document: FakeDocument; readonly window: EventTarget }

export function createPageMachine(ahead: number): PageMachine {
  const clocks = { ahead, slept: 0, isDead: false, isAbsent: false }
  return { ...clocks, document: new FakeDocument(), window: new EventTarget() }
}

export function createPage(
  world: World,
  written: PageRecord,
  { machine, wire }: { machine: PageMachine; wire: Wire },
): Page {
  const { document, window } = machine
  let ends: (() => void)[] = []
  let record: ReturnType<typeof createFeedRecord> | undefined
  let store: IncomingStore | undefined
  let isTroubled = false
  const dispatch = (target: EventTarget, type: string) =>
    at(machine, () => target.dispatchEvent(new Event(type)))
  const stretch = (list: Stretch[]) => {
    const own = { from: world.now(), to: Infinity }
    list.push(own)
    return () => void (own.to = world.now())
  }

  function absent(): () => void {
    const ends = [stretch(written.stalls), stretch(written.absences)]
    return () => ends.forEach((end) => end())
  }

  function show(isShown: boolean): void {
    document.visibilityState = isShown ? 'visible' : 'hidden'
    dispatch(document, 'visibilitychange')
  }

  function open(): void {
    at(machine, () => {
      const feed = createSseFeed({ url: '/stream', fetch: wire.fetch })
      record = createFeedRecord({ messageTold: () => undefined } as unknown as TypingSessions)
      ends.push(
        record.follow((listener) =>
          feed((event: TypingFeedEvent) => {
            written.told.push({ at: world.now(), event })
            listener(event)
          }),
        ),
      )
    })
  }

  function look(): void {
    at(machine, () => {
      if (record === undefined) return
      store = incomingStoreOf(record)
      for (const chat of chats) ends.push(store.subscribe(chat, () => undefined))
    })
  }

  function close(): void {
    at(machine, () => ends.forEach((end) => end()))
    ends = []
    record = store = undefined
  }

  /** @returns what ends it. */
  function begin(mishap: Mishap, first: 'network' | 'timers'): () => Promise<void> | void {
    const { network } = wire
    if (mishap === 'hide' || mishap === 'cache' || mishap === 'freeze') {
      const closesAt = { hide: 31_500, cache: 500, freeze: Infinity }[mishap] + world.now()
      const hidden = { from: world.now(), to: Infinity, closesAt }
      written.hidden.push(hidden)
      show(false)
      if (mishap === 'cache') dispatch(window, 'pagehide')
      if (mishap !== 'hide') world.leave(machine)
      const isBack = mishap === 'hide' ? () => {} : absent()
      return async () => {
        if (mishap !== 'hide') await world.comeBack(machine, first)
        if (mishap === 'cache') dispatch(window, 'pageshow')
        show(true)
        isBack()
        hidden.to = world.now()
      }
    }
    if (mishap === 'sleep') {
      const isBack = absent()
      const since = world.now()
      world.leave(machine)
      return async () => {
        machine.slept += world.now() - since
        await world.comeBack(machine, first)
        isBack()
      }
    }
    if (mishap === 'close') {
      const isBack = stretch(written.cutOff)
      close()
      return () => {
        open()
        look()
        isBack()
      }
    }
    if (mishap === 'cut') {
      network.cut()
      return () => undefined
    }
    const isBack = stretch(mishap === 'stall' ? written.stalls : written.cutOff)
    const isStalledNo = mishap === 'silent' ? stretch(written.stalls) : () => {}
    if (mishap === 'stall') network.isStalled = true
    else network.mode = mishap
    if (mishap === 'refuse' || mishap === 'busy') network.cut()
    return () => {
      network.isStalled = false
      network.mode = 'well'
      network.resume()
      isBack()
      isStalledNo()
    }
  }

  return {
    ...{ open, look, close },
    suffer(mishap, lasts, first) {
      if (isTroubled || record === undefined || store === undefined) return
      isTroubled = true
      const end = begin(mishap, first)
      world.later(Math.max(1, lasts), () => {
        isTroubled = false
        void end()
      })
    },
    view: (chat) => (machine.isAbsent ? undefined : at(machine, () => store?.view(chat))),
  }
}
