import { ageError, alone, lasts, reach } from './figures.js'
import type { Deed, Sign, Stretch, Telling, WayBackTranscript } from './transcript.js'

/** Something that began or ended a bubble, or may have. Times are true ones. */
export interface Fact {
  readonly who: 'recipient' | 'agent'
  /** Whose bubble: a handle or an actor. One who is not known has none. */
  readonly name: string | undefined
  readonly chat: string
  readonly id: string
  /** When it may have taken effect, and when it surely had: `Infinity` is never. */
  readonly possibleAt: number
  readonly certainAt: number
}

export interface Beginning extends Fact {
  /** When the bubble that it began is surely still there, and when it is surely over. */
  readonly isOnUntil: number
  readonly isOverAt: number
}

export interface Ending extends Fact {
  readonly isMessage: boolean
  readonly mayEnd: (beginning: Beginning) => boolean
  readonly mustEnd: (beginning: Beginning) => boolean
}

/** What is so, from what was signed and when it was delivered. */
export interface Truth {
  readonly beginnings: readonly Beginning[]
  readonly endings: readonly Ending[]
}

export function readTruth({ signs, deeds, outages: all }: WayBackTranscript): Truth {
  const outages = all.filter(({ areCommandsWell }) => !areCommandsWell)
  const facts = [...signs.map((sign) => ofSign(sign, outages)), ...deeds.map((deed) => ofDeed(deed, outages))]
  return {
    beginnings: facts.filter((fact): fact is Beginning => 'isOverAt' in fact),
    endings: facts.filter((fact): fact is Ending => 'isMessage' in fact),
  }
}

/** When something may have reached the store, and when it surely had: whatever was not told well may be lost for good. */
function reachOf(given: readonly Telling[], outages: readonly Stretch[]) {
  const tellings = [...given].sort((one, other) => one.arrivedAt - other.arrivedAt)
  const [first] = tellings
  const together = tellings.filter(({ arrivedAt }) => arrivedAt <= (first?.settledAt ?? 0))
  const isGood = together.every(
    ({ isAnswered, arrivedAt, settledAt }) =>
      isAnswered && !outages.some(({ from, to }) => from <= settledAt && to + alone >= arrivedAt),
  )
  const certainAt = Math.max(...together.map(({ settledAt }) => settledAt))
  return {
    possibleAt: first?.arrivedAt ?? Infinity,
    certainAt: first !== undefined && isGood ? certainAt : Infinity,
  }
}

const orderOf = ({ at, kind }: Sign) => at * 3 + { message: 0, idle: 1, typing: 2 }[kind]
const orders = new WeakMap<Fact, number>()

function ofSign(sign: Sign, outages: readonly Stretch[]): Beginning | Ending {
  const { chat, handle: name, id, kind, at, tellings } = sign
  const ages = tellings.map((telling) => telling.at - at)
  // What is older than a bubble lasts is dropped.
  const isOld = Math.min(...ages) > lasts.recipient + 1_500
  const isSurelyYoung = Math.max(...ages) < lasts.recipient - 1_500
  const { possibleAt, certainAt } = reachOf(tellings, outages)
  const fact: Fact = {
    ...{ who: 'recipient', name, chat, id },
    possibleAt: isOld ? Infinity : possibleAt,
    certainAt: isSurelyYoung ? certainAt : Infinity,
  }
  const isLater = (beginning: Beginning) => {
    const isSame = name === undefined || beginning.name === name
    const isOfUnknown = kind === 'message' && beginning.name === undefined
    const { who } = beginning
    return who === 'recipient' && orders.get(beginning)! < orderOf(sign) && (isSame || isOfUnknown)
  }
  const read =
    kind === 'typing'
      ? { ...fact, isOnUntil: at + lasts.recipient - ageError, isOverAt: at + lasts.recipient + ageError }
      : { ...fact, isMessage: kind === 'message', mayEnd: isLater, mustEnd: isLater }
  orders.set(read, orderOf(sign))
  return read
}

function ofDeed(deed: Deed, outages: readonly Stretch[]): Beginning | Ending {
  const { chat, actor: name, id, kind, at, tellings } = deed
  const { possibleAt, certainAt } = reachOf(tellings, outages)
  const isSurelyYoung = Math.max(...tellings.map((telling) => telling.at - at)) < lasts.recipient - 1_500
  const fact: Fact = {
    ...{ who: 'agent', name, chat, id, possibleAt },
    certainAt: isSurelyYoung ? certainAt : Infinity,
  }
  const settledAt = Math.min(at + 10_000, tellings[0]?.settledAt ?? Infinity)
  if (kind === 'start')
    return { ...fact, isOnUntil: at + lasts.agent - reach, isOverAt: settledAt + lasts.agent + ageError }
  // A webhook names no sender, and its age may be wrong.
  const isTold = tellings[0]?.at === at && tellings.length === 1
  const isYoung = (tellings[0]?.at ?? Infinity) - at < 5_000
  const isOf = (beginning: Beginning) =>
    beginning.who === 'agent' && (name === undefined || beginning.name === name)
  return {
    ...fact,
    isMessage: kind === 'message',
    mayEnd: (beginning) =>
      beginning.who === 'agent' && (isTold ? isOf(beginning) : true) && at + ageError >= beginning.possibleAt,
    mustEnd: (beginning) =>
      isOf(beginning) && (kind === 'stop' || isTold || isYoung) && at > beginning.possibleAt + ageError,
  }
}
