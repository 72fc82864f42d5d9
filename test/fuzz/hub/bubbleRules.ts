import { idle, minLifetime, refresh, tolerance, window } from '../figures.js'
import { outside, type Span, union } from '../spans.js'
import type { HubScenario } from './events.js'
import { outage, type Reach } from './figures.js'
import { agentOf } from './player.js'
import type { HubTranscript, LinqCall, PageCall } from './transcript.js'

/** One chat of a transcript. */
export interface Case {
  scenario: HubScenario
  transcript: HubTranscript
  reach: Reach
  chat: string
  bubble: readonly Span[]
}

const tell = (promise: string, spans: readonly Span[]) =>
  spans.filter(([from, to]) => to - from > tolerance).map(([from, to]) => `${promise} from ${from} to ${to}`)

const inChat =
  (chat: string) =>
  <One extends { chat: string }>(list: readonly One[]): One[] =>
    list.filter((one) => one.chat === chat)

/** The bubble is on while somebody composes, save for one refresh after something that excuses it. */
export function noGaps({ scenario, transcript, reach, chat, bubble }: Case): string[] {
  if (!scenario.isTold) return []
  const of = inChat(chat)
  // A refresh comes with an edit.
  const excuse = (from: number, to = from): Span => [from, to + refresh + idle + reach.page]
  const owed = union(of(transcript.composing).map(({ from, to }): Span => [from, to])).map(
    ([from, to]): Span => [from + reach.page, to],
  )
  const starts = of(transcript.pageCalls).filter(({ action }) => action === 'start')
  const excused = [
    // It clears everybody's bubble, and its sender's lease with all their tabs.
    ...of(transcript.messages).map(({ sentAt, deliveredAt, toldAt }) =>
      excuse(sentAt, Math.max(deliveredAt, isFinite(toldAt) ? toldAt : 0, sentAt + window)),
    ),
    ...stopsOfOtherTabs(transcript, reach, chat).map((at) => excuse(at)),
    ...of(transcript.linqCalls)
      .filter((stop) => isCrossed(stop, starts, reach))
      .map(({ arrivedAt, settledAt }): Span => [
        arrivedAt!,
        (settledAt ?? Infinity) + reach.command + reach.call,
      ]),
    ...transcript.faults.map((at) => excuse(at, at + outage)),
    ...transcript.crashes.map((at) => excuse(at)),
    // A page waits after a failure, or gives the chat up after a final one.
    ...of(transcript.pageCalls)
      .filter(({ answeredAt, status, goneAt }) => answeredAt === null || status !== 204 || goneAt !== null)
      .map((failed): Span => {
        const next = starts.find(
          ({ tab, sentAt, status }) => tab === failed.tab && sentAt > failed.sentAt && status === 204,
        )
        return [failed.sentAt, (next?.sentAt ?? Infinity) + reach.page]
      }),
    ...of(transcript.linqCalls)
      .filter(({ action, isAccepted }) => action === 'stop' && !isAccepted)
      .map(({ sentAt, settledAt, arrivedAt }) => excuse(sentAt, Math.max(settledAt ?? 0, arrivedAt ?? 0))),
  ]
  return tell('1 gap:', outside(outside(owed, union(bubble)), union(excused)))
}

/** A stop is made though someone has begun to type meanwhile. The hub starts once more for them. */
function isCrossed(
  { action, arrivedAt, sentAt, settledAt }: LinqCall,
  starts: PageCall[],
  reach: Reach,
): boolean {
  if (action !== 'stop' || arrivedAt === null) return false
  return starts.some(
    (start) =>
      start.arrivedAt !== null &&
      start.arrivedAt >= sentAt - reach.page &&
      start.arrivedAt <= (settledAt ?? Infinity) + reach.command,
  )
}

/** One person's tabs share a lease: when one stops after another has started, the other's bubble goes until its refresh. */
function stopsOfOtherTabs(
  { pageCalls, composing, deaths }: HubTranscript,
  reach: Reach,
  chat: string,
): number[] {
  const ends = [
    ...pageCalls
      .filter(({ action }) => action === 'stop')
      .map(({ chat, tab, arrivedAt }) => ({ chat, tab, at: arrivedAt })),
    ...deaths,
  ]
  return ends.flatMap((end) => {
    if (end.chat !== chat || end.at === null) return []
    const { at, tab } = end
    const isOther = (one: { chat: string; tab: number }) =>
      one.chat === chat && one.tab !== tab && agentOf(one.tab) === agentOf(tab)
    const composes = composing.some((one) => isOther(one) && one.from <= at + reach.commandUp && one.to >= at)
    const hasStarted = pageCalls.some(
      (call) =>
        isOther(call) &&
        call.action === 'start' &&
        call.arrivedAt !== null &&
        call.arrivedAt <= at + reach.commandUp &&
        call.arrivedAt >= at - minLifetime,
    )
    return composes && hasStarted ? [at] : []
  })
}

/** The bubble is off when nobody composes: soon, or a lifetime later after something that excuses it. */
export function noGhosts({ scenario, transcript, reach, chat, bubble }: Case): string[] {
  const { weather } = scenario
  const of = inChat(chat)
  const lifetime = Math.max(minLifetime, scenario.lifetime)
  const excuse = (from: number, to = from): Span => [from, to + lifetime + reach.page]
  const composing = of(transcript.composing)
  const stops = of(transcript.pageCalls).filter(({ action }) => action === 'stop')
  const excused = [
    ...composing.map(({ from, to }): Span => [from, to + reach.page]),
    ...of(transcript.messages).map(({ sentAt, deliveredAt }): Span => [
      sentAt,
      Math.max(isFinite(deliveredAt) ? deliveredAt : sentAt, sentAt + window) + window + reach.page,
    ]),
    // It may still have had to stop in a chat that it had left.
    ...transcript.deaths.map(({ at, tab, chat: last }): Span => {
      // Without a hub that withholds, nothing but Linq's lifetime ends the bubble of a tab that died.
      const isPaid =
        weather === 'calm' &&
        last === chat &&
        stops.some(
          (stop) =>
            stop.agent !== agentOf(tab) &&
            stop.arrivedAt !== null &&
            stop.arrivedAt > at + reach.page &&
            stop.arrivedAt < at + minLifetime,
        )
      return isPaid ? [at, at + minLifetime + reach.page] : excuse(at)
    }),
    ...transcript.faults.map((at) => excuse(at, at + outage)),
    ...transcript.crashes.map((at) => excuse(at)),
    ...of(transcript.messages)
      .filter(({ toldAt }) => toldAt === Infinity)
      .map(({ sentAt }) => excuse(sentAt, sentAt + outage)),
    ...of(transcript.pageCalls)
      .filter(({ status }) => status !== 204)
      .map(({ sentAt }) => excuse(sentAt)),
    ...of(transcript.linqCalls)
      .filter(({ isAccepted }) => !isAccepted)
      .map(({ sentAt, settledAt, arrivedAt }) => excuse(sentAt, Math.max(settledAt ?? 0, arrivedAt ?? 0))),
  ]
  const starts = of(transcript.pageCalls).filter(({ action }) => action === 'start')
  const atLast = composing.map(({ from, to, tab }): Span => {
    const last = starts.filter((start) => start.tab === tab && start.sentAt <= to + tolerance).at(-1)
    return [from, Math.max(to, last?.sentAt ?? 0) + scenario.lifetime + reach.page]
  })
  return [
    ...tell('2 stuck typing:', outside(bubble, union(excused))),
    ...tell('2 stuck typing, after a lifetime:', outside(bubble, union(atLast))),
  ]
}
