import type { TypingFeedEvent } from 'react-linq-typing'

/** An open end is `Infinity`. */
export interface Stretch {
  readonly from: number
  to: number
}

export interface Outage extends Stretch {
  /** Whether only changes are lost. */
  readonly areCommandsWell: boolean
}

/** One time that something was told to a process. */
export interface Telling {
  /** When it was signed, or called. */
  readonly at: number
  readonly arrivedAt: number
  settledAt: number
  isAnswered: boolean
}

/** What the other side did. */
export interface Sign {
  readonly kind: 'typing' | 'idle' | 'message'
  readonly chat: string
  /** Whose it counts for; everybody's without. */
  readonly handle: string | undefined
  /** As it was signed. */
  readonly at: number
  readonly id: string
  readonly tellings: Telling[]
}

/** What an agent did. */
export interface Deed {
  readonly kind: 'start' | 'stop' | 'message'
  readonly chat: string
  /** Who is told of it, if anybody is. */
  readonly actor: string | undefined
  readonly at: number
  readonly id: string
  readonly tellings: Telling[]
}

export interface Connection {
  readonly askedAt: number
  openedAt: number
  closedAt: number
}

/** What a page shows at a moment. */
export interface Sample {
  readonly at: number
  readonly page: number
  readonly chat: string
  readonly isTyping: boolean
  readonly handles: readonly string[]
  readonly agents: readonly string[]
}

export interface PageRecord {
  readonly actor: string
  readonly tenant: string
  readonly connections: Connection[]
  /** While nothing comes through, or nothing runs. */
  readonly stalls: Stretch[]
  /** While nothing runs, of these. */
  readonly absences: Stretch[]
  /** While it can't connect, or has no reason to. */
  readonly cutOff: Stretch[]
  /** While it can't be seen, and by when it is to have closed its connection. */
  readonly hidden: (Stretch & { readonly closesAt: number })[]
  readonly told: { at: number; event: TypingFeedEvent }[]
  /** Each change of what it may see. */
  readonly sight: { at: number; chat: string; maySee: boolean }[]
}

export interface WayBackTranscript {
  readonly signs: readonly Sign[]
  readonly deeds: readonly Deed[]
  readonly pages: readonly PageRecord[]
  readonly samples: readonly Sample[]
  /** While the store fails or tells nothing. */
  readonly outages: readonly Outage[]
  /** While a process is not there. */
  readonly crashes: readonly Stretch[]
  /** What was left behind at the end, or went wrong. */
  readonly left: readonly string[]
}

/** Whether a page may see a chat, as it is now. */
export function seesNow({ sight }: Pick<PageRecord, 'sight'>, chat: string): boolean {
  return sight.filter((one) => one.chat === chat).at(-1)?.maySee === true
}
