import { TypingError } from '../core/typingError.js'
import { startTime } from './callTime.js'
import { createServiceCheck } from './chatServices.js'
import { tell, type TypingServerEvent } from './events.js'
import { guardStore } from './hub/guardedStore.js'
import type { Caller, MakeCall, Outcome } from './hub/leases.js'
import { createMemoryStore } from './hub/memoryStore.js'
import { hubParts } from './hub/typingHub.js'
import { type KnownCaller, readVerdict } from './identity.js'
import { createLimits, type Limited } from './limits.js'
import { createLinqCalls } from './linqCalls.js'
import { toLinqError } from './linqError.js'
import { createLinqSource } from './linqSource.js'
import { onceAMinute } from './onceAMinute.js'
import type { PageCall } from './pageCall.js'
import { answerAccepted, answerFailure, answerLinqFailure } from './proxyAnswer.js'
import { type TypingProxyOptions, usualTimeout } from './proxyOptions.js'
import { createSkippedStops } from './skippedStops.js'
import { createTurns } from './turns.js'

/** What a call does once its turn has come. */
interface Turn {
  readonly holder: Caller & KnownCaller
  /** Whether a start has been made. */
  isMade: boolean
}

/** In milliseconds: a longer timer fires at once. */
const longestTimer = 2 ** 31 - 1

/** Answers a page's calls: asks whether a call may be made, makes it in its turn, and says what came of it. */
export function createProxyCalls(options: TypingProxyOptions): (call: PageCall) => Promise<Response> {
  const { authorize, hub, knowsService, onError, onEvent } = options
  const timeout = options.timeout ?? usualTimeout
  const getLinq = createLinqSource(options.linq, 'createTypingProxy')
  const leases = hub?.[hubParts].leases
  const limits = createLimits(hub?.[hubParts].store ?? guardStore(createMemoryStore()))
  const callsIn = createLinqCalls(getLinq, timeout, limits.hush)
  const hasBubble = createServiceCheck(timeout)
  const patience = patienceFor(timeout)
  const turns = createTurns(patience)
  const skippedStops = createSkippedStops<Turn>()
  const oncePerKind = onceAMinute()

  const tellOnce = (
    kind: readonly unknown[],
    event: (count: number) => Extract<TypingServerEvent, { count: number }>,
  ) => oncePerKind(kind.join('\n'), (count) => tell(onEvent, event(count)))

  async function answer(call: PageCall, deadline: AbortSignal, onBegin: () => void): Promise<Response> {
    const caller = await identify(call)
    if (caller instanceof Response) return caller
    const stopped = (await limit(call, caller)) ?? (await findLinq(call))
    if (stopped !== undefined) return stopped
    const { chatId, action, arrivedAt, number } = call
    const lane = [chatId, caller.tenant, caller.actor].join('\n')
    const turn: Turn = { holder: { ...caller, chatId, arrivedAt }, isMade: false }
    // Without actors, one person's calls can't be told from another's, so none waits for another.
    const take = caller.actor === undefined ? turns.atOnce : turns.inTurn
    const answered = await take(lane, number, async () => {
      // By then, the page has given up on its start.
      const isLate = action === 'start' && deadline.aborted
      if (!isLate) onBegin()
      const said = isLate ? answerFailure({ reason: 'timeout' }) : await carry(call, turn, deadline)
      if (said.ok) skippedStops.landed(lane, number)
      const isOwed = !said.ok && action === 'start' && skippedStops.failed(lane, { number, turn })
      // Nobody is there any more to stop it, or it took the place of a stop and did not land.
      const isLeft = leases !== undefined && turn.isMade && isAborted(call.request)
      if (isOwed || (action === 'start' && isLeft)) await stopAfter(call, turn)
      return said
    })
    if (answered !== undefined) return answered
    const failed = action === 'stop' ? skippedStops.note(lane, number) : undefined
    if (failed !== undefined) await take(lane, failed.number, () => stopAfter(call, failed.turn))
    return answerAccepted()
  }

  /** Makes a stop that nobody waits for. */
  const stopAfter = ({ request }: PageCall, turn: Turn) =>
    stop(turn).catch((thrown: unknown) => tell(onError, thrown, request))

  async function identify({ request, chatId }: PageCall): Promise<KnownCaller | Response> {
    try {
      const caller = readVerdict(await authorize(request, chatId))
      if (typeof caller === 'object') return caller
      // Somebody without a session can name any number of chats.
      tellOnce(caller === 'unauthorized' ? [caller] : [caller, chatId], (count) => ({
        ...{ type: 'refused', why: caller, chatId, count },
      }))
      return answerFailure({ reason: caller })
    } catch (thrown) {
      tell(onError, thrown, request)
      return answerFailure({ reason: 'server' }, 500)
    }
  }

  async function limit(call: PageCall, caller: KnownCaller): Promise<Response | undefined> {
    const limited = await limits.count(call.action, caller, call.chatId)
    return limited && answerLimited(call, caller, limited)
  }

  function answerLimited({ action, chatId }: PageCall, caller: KnownCaller, limited: Limited): Response {
    const { by, retryAfter } = limited
    const whose = whoseCall(chatId, caller)
    tellOnce([by, action, ...Object.values(whose)], (count) => ({
      ...{ type: 'limited', by, action, retryAfter, count },
      ...whose,
    }))
    return answerFailure({ reason: 'rate-limited', retryAfter })
  }

  /** If the client can't be made, that is not Linq's failure. */
  async function findLinq({ request }: PageCall): Promise<Response | undefined> {
    try {
      await getLinq()
      return undefined
    } catch (thrown) {
      tell(onError, thrown, request)
      return answerFailure({ reason: 'server' }, 500)
    }
  }

  async function carry(call: PageCall, turn: Turn, deadline: AbortSignal): Promise<Response> {
    const { request, chatId, action } = call
    const whose = whoseCall(chatId, turn.holder)
    try {
      const beganAt = performance.now()
      const outcome = action === 'start' ? await start(call, turn, deadline) : await stop(turn)
      if (typeof outcome === 'object') return answerLimited(call, turn.holder, outcome)
      if (outcome === 'unsupported') {
        tellOnce([outcome, chatId], (count) => ({ type: 'refused', why: outcome, chatId, count }))
        return answerFailure({ reason: outcome })
      }
      if (outcome === 'made')
        tell(onEvent, { type: 'forwarded', action, duration: performance.now() - beganAt, ...whose })
      if (outcome === 'withheld') tell(onEvent, { type: 'withheld', ...whose })
      return answerAccepted()
    } catch (thrown) {
      const error = toLinqError(thrown)
      // A start whose page went away is no failure.
      if (action === 'stop' || !isAborted(request)) {
        tell(onError, thrown, request)
        const { reason, status, code, traceId } = error
        tell(onEvent, { type: 'failed', action, reason, status, code, traceId, ...whose })
      }
      return answerLinqFailure(error)
    }
  }

  async function start(
    { request, chatId, arrivedAt }: PageCall,
    turn: Turn,
    deadline: AbortSignal,
  ): Promise<Outcome | 'unsupported' | Limited> {
    if (knowsService && !(await hasBubble(await getLinq(), chatId))) return 'unsupported'
    // Linq may have limited another start since this one arrived.
    const retryAfter = limits.quietHere()
    if (retryAfter > 0) return { by: 'linq', retryAfter }
    // By now, the page has given up on it.
    if (deadline.aborted || isAborted(request)) throw new TypingError({ reason: 'timeout' })
    const { holder } = turn
    const makeCall = callsIn(holder)
    const time = startTime(timeout - (performance.now() - arrivedAt), request.signal)
    const makeStart: MakeCall = (...args) => {
      turn.isMade = true
      return makeCall(...args)
    }
    try {
      if (leases !== undefined) return await leases.start(holder, makeStart, time.signal)
      await makeCall('start', time.signal)
      return 'made'
    } finally {
      time.end()
    }
  }

  async function stop({ holder }: Turn): Promise<Outcome> {
    const makeCall = callsIn(holder)
    if (leases !== undefined) return leases.stop(holder, makeCall)
    await makeCall('stop')
    return 'made'
  }

  return async (call) => {
    const deadline = startTime(timeout - (performance.now() - call.arrivedAt))
    let hasBegun = false
    const late = new Promise<Response>((resolve) => {
      deadline.signal.addEventListener('abort', () => {
        // What Linq does not answer in time is told where it is called.
        if (!hasBegun) tell(onError, new TypingError({ reason: 'timeout' }), call.request)
        resolve(answerFailure({ reason: 'timeout' }))
      })
    })
    try {
      // Anything late goes on after the answer: if a stop is finally allowed, it is still made.
      return await Promise.race([answer(call, deadline.signal, () => (hasBegun = true)), late])
    } finally {
      deadline.end()
    }
  }
}

/** How long a call waits for the one before it, which may make a stop and a start again after its own call to Linq. */
const patienceFor = (timeout: number) => Math.min(Math.max(3 * timeout, 15_000), longestTimer)

function whoseCall(chatId: string, { actor, tenant }: KnownCaller) {
  return { chatId, actor, tenant: tenant || undefined }
}

function isAborted({ signal }: { signal?: AbortSignal | undefined }): boolean {
  return signal?.aborted === true
}
