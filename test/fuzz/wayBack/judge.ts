import { reach, reconnection, sampling, silence, storeRecovery, verdictKept, waking } from './figures.js'
import type { Connection, PageRecord, Sample, Stretch, WayBackTranscript } from './transcript.js'
import { type Beginning, type Ending, readTruth } from './truth.js'

const overlaps = (stretches: readonly Stretch[], since: number, until: number) =>
  stretches.some(({ from, to }) => from <= until && to >= since)

/** Which promises a transcript breaks, in words; derived from what was seen alone. */
export function brokenPromises(transcript: WayBackTranscript): string[] {
  const { pages, samples, left } = transcript
  const broken = pages.flatMap((page, index) => {
    const own = samples.filter((sample) => sample.page === index)
    return [
      ...judgePage(transcript, page, own),
      ...judgeConnections(transcript, page, own),
      ...judgeMessages(transcript, page),
    ].map((what) => `${what} (page ${index})`)
  })
  return [...broken, ...left.map((what) => `7 hygiene: ${what}`)]
}

/** The connection by which a page surely knows what is so. */
function goodConnection(
  { outages }: WayBackTranscript,
  page: PageRecord,
  at: number,
): Connection | undefined {
  if (overlaps(outages, at - storeRecovery, at) || overlaps(page.stalls, at - reach, at)) return undefined
  return page.connections.find(({ openedAt, closedAt }) => openedAt <= at - reach - 1_000 && closedAt > at)
}

function judgePage(transcript: WayBackTranscript, page: PageRecord, samples: readonly Sample[]): string[] {
  const { beginnings, endings } = readTruth(transcript)
  const known = new Set<Ending>()
  const missing = new Map<Beginning, number>()
  const broken: string[] = []

  for (const { at, chat, isTyping, handles, agents } of samples) {
    const connection = goodConnection(transcript, page, at)
    if (overlaps(transcript.outages, at - storeRecovery, at)) known.clear()
    for (const ending of endings) {
      const isTold = page.told.some(
        (told) => told.at < at && told.event.type === 'message' && told.event.id === ending.id,
      )
      if (isTold || (connection !== undefined && ending.certainAt + reach <= at)) known.add(ending)
    }
    const sight = readSight(page, chat, at)
    const isWaking = overlaps(page.absences, at - waking, at)
    const delay = isWaking ? Infinity : overlaps(page.stalls, at - 115_000, at) ? silence : 0
    const here = beginnings.filter((one) => one.chat === chat && page.tenant === 'one')
    const whoseEndings = endings.filter((one) => one.chat === chat)

    const whyNot = (who: Beginning['who'], name: string | undefined): string | undefined => {
      if (who === 'agent' && name === page.actor) return '5 own: shown to themselves'
      const own = here.filter((one) => one.who === who && one.name === name && one.possibleAt <= at)
      const seen = own.filter(({ possibleAt }) => possibleAt <= sight.lastAt + verdictKept.yes + reach)
      if (own.length === 0) return '3 sight: of nobody who typed'
      if (seen.length === 0) return '3 sight: in a chat that it may not see'
      const young = seen.filter(({ isOverAt }) => at <= isOverAt + delay)
      if (young.length === 0) return '1 age: too long after the last sign'
      const isOn = young.some((one) => !whoseEndings.some((end) => known.has(end) && end.mustEnd(one)))
      return isOn ? undefined : '2 ended: after a stop or a message'
    }
    const shown = [
      ...agents.map((name) => ['agent', name] as const),
      ...handles.map((name) => ['recipient', name] as const),
      ...(isTyping && handles.length === 0 ? [['recipient', undefined] as const] : []),
    ]
    for (const [who, name] of shown) {
      const why = whyNot(who, name)
      if (why !== undefined) broken.push(`${why}: at ${at} ${who} ${name} in ${chat.slice(0, 1)}`)
    }

    if (connection === undefined) continue
    for (const one of here) {
      const { who, name, certainAt, isOnUntil } = one
      if (certainAt + reach > at || at > isOnUntil || (who === 'agent' && name === page.actor)) continue
      const isSeen = sight.since <= connection.openedAt || sight.since <= certainAt - verdictKept.no - reach
      if (!isSeen || whoseEndings.some((end) => end.possibleAt <= at && end.mayEnd(one))) continue
      const names = who === 'agent' ? agents : handles
      if (name === undefined ? isTyping : names.includes(name)) continue
      // A message may end it for a moment.
      const isMissingStill = missing.get(one) === at - sampling
      missing.set(one, at)
      if (isMissingStill) broken.push(`4 missing: at ${at} ${who} ${name} in ${chat.slice(0, 1)}`)
    }
  }
  return broken
}

/** Since when a page may see a chat, and when it last might. */
function readSight({ sight }: PageRecord, chat: string, at: number): { since: number; lastAt: number } {
  const own = sight.filter((one) => one.chat === chat && one.at <= at)
  const last = own.at(-1)
  if (last?.maySee === true) return { since: last.at === 0 ? -Infinity : last.at, lastAt: at }
  return { since: Infinity, lastAt: own.length > 1 ? last!.at : -Infinity }
}

function judgeConnections(
  { crashes, samples: everySample }: WayBackTranscript,
  page: PageRecord,
  samples: readonly Sample[],
): string[] {
  const { connections, hidden, stalls, absences, cutOff } = page
  const broken: string[] = []
  const firstAt = samples[0]?.at ?? Infinity
  const silences = stalls.filter(({ from }) => !absences.some((absence) => absence.from === from))
  for (const at of new Set(everySample.map((sample) => sample.at))) {
    const isOpen = connections.some(({ openedAt, closedAt }) => openedAt <= at && closedAt > at)
    const isDead = silences.some(
      ({ from, to }) =>
        from + silence + sampling < at &&
        to > at &&
        connections.some(({ openedAt, closedAt }) => openedAt < from && closedAt > at),
    )
    if (isDead) broken.push(`6 connection: at ${at} open though nothing comes`)
    const mustBeClosed = hidden.some(({ from, to, closesAt }) => from <= at && to > at && closesAt < at)
    if (isOpen && mustBeClosed) broken.push(`6 connection: at ${at} open in a hidden page`)
    const isWell = ![...hidden, ...stalls, ...cutOff, ...crashes].some(
      ({ from, to }) => from <= at && to >= at - reconnection,
    )
    const wasOpen = connections.some(({ openedAt, closedAt }) => openedAt <= at && closedAt > at - 10_000)
    if (isWell && !wasOpen && at > firstAt + reconnection) broken.push(`6 connection: at ${at} none`)
  }
  return broken
}

/** Each message is told once, and never twice. */
function judgeMessages(transcript: WayBackTranscript, page: PageRecord): string[] {
  const ids = page.told.flatMap(({ event }) => (event.type === 'message' ? [event.id] : []))
  const broken = ids
    .filter((id, index) => ids.indexOf(id) < index)
    .map((id) => `8 messages: ${id} was told twice`)
  const { outages } = transcript
  for (const { kind, id, at, chat, name, certainAt } of messagesOf(transcript)) {
    if (kind !== 'agent' || name === page.actor || page.tenant !== 'one' || certainAt === Infinity) continue
    const until = certainAt + reach
    const { since } = readSight(page, chat, until)
    const isWell =
      page.connections.some(({ openedAt, closedAt }) => openedAt <= at - reach && closedAt >= until) &&
      !overlaps(page.stalls, at - reach, until) &&
      !overlaps(outages, at - storeRecovery, until)
    if (isWell && since <= at - verdictKept.no - reach && !ids.includes(id))
      broken.push(`8 messages: ${id} was not told`)
  }
  return broken
}

function messagesOf(transcript: WayBackTranscript) {
  const at = new Map(transcript.deeds.map((deed) => [deed.id, deed.at]))
  return readTruth(transcript)
    .endings.filter(({ isMessage }) => isMessage)
    .map((one) => ({ ...one, kind: one.who, at: at.get(one.id) ?? 0 }))
}
