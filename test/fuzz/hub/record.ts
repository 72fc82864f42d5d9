import type { TypingStore } from 'react-linq-typing/server'
import type { LinqEmulator } from 'react-linq-typing/testing'
import type { VirtualTime } from '../virtualTime.js'
import { here, outside } from './places.js'
import type { Action, HubTranscript, LinqCall } from './transcript.js'

type Written = 'composing' | 'pageCalls' | 'linqCalls' | 'messages' | 'deaths' | 'faults' | 'crashes'

/** What is written down while a scenario is played. */
export type Record = { -readonly [Name in Written]: HubTranscript[Name][number][] } & {
  noteLinqCall: (chat: string, action: Action, index: number) => Promise<(isAccepted: boolean) => void>
  read: (linq: LinqEmulator) => Pick<HubTranscript, Written>
}

export function createRecord(time: VirtualTime, store: TypingStore): Record {
  const places = new Map<LinqCall, number>()
  const record: Record = {
    composing: [],
    pageCalls: [],
    linqCalls: [],
    messages: [],
    deaths: [],
    faults: [],
    crashes: [],
    async noteLinqCall(chat, action, index) {
      const now = time.now()
      const place = here()
      const call = place?.isLater === true ? undefined : record.pageCalls[place?.call ?? -1]
      const written: LinqCall = {
        ...{ chat, action, call, sentAt: now, arrivedAt: null, settledAt: null, isAccepted: false },
        others: [],
      }
      record.linqCalls.push(written)
      places.set(written, index)
      for (const { actor, age } of await outside(() => store.typists('', [chat])))
        if (actor !== call?.agent) written.others.push(now - age)
      return (isAccepted) => Object.assign(written, { isAccepted, settledAt: time.now() })
    },
    read(linq) {
      for (const [written, index] of places) written.arrivedAt = linq.calls[index]?.arrivedAt ?? null
      const { composing, pageCalls, linqCalls, messages, deaths, faults, crashes } = record
      return { composing, pageCalls, linqCalls, messages, deaths, faults, crashes }
    },
  }
  return record
}
