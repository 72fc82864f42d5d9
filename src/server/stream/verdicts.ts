/** Which chats a page may see. */
export interface Verdicts {
  /** Whether it may see a chat; `undefined` while the host is being asked. */
  readonly maySee: (chatId: string) => boolean | undefined
  readonly end: () => void
}

export interface VerdictsOptions {
  /** The host's test: only `true` is a yes. */
  readonly ask: (chatId: string) => unknown
  /** Called when a verdict arrives that was `undefined` before. */
  readonly onVerdict: (chatId: string, isYes: boolean) => void
  readonly onError: (error: unknown) => void
}

interface Verdict {
  isYes: boolean | undefined
  endsAt: number
}

/** How long a verdict is kept, in milliseconds. */
const lifetimes = { yes: 60_000, no: 10_000 }
/** How long an answer may take, in milliseconds. */
const patience = 5_000
const most = 1_000
const mostAtATime = 50

/** Asks which chats a page may see: once per chat at a time, and not again while the answer is kept. */
export function createVerdicts({ ask, onVerdict, onError }: VerdictsOptions): Verdicts {
  const verdicts = new Map<string, Verdict>()
  const waiting: string[] = []
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let underWay = 0
  let isEnded = false

  function settle(verdict: Verdict, answer: unknown): boolean {
    const isYes = answer === true
    verdict.isYes = isYes
    verdict.endsAt = performance.now() + lifetimes[isYes ? 'yes' : 'no']
    if (typeof answer !== 'boolean')
      onError(
        new TypeError(
          `maySee returned ${describe(answer)}, which counts as a no. It has to return true or false.`,
        ),
      )
    return isYes
  }

  function fail(verdict: Verdict, error: unknown): boolean {
    onError(error)
    return settle(verdict, false)
  }

  /** Asks the host. It may answer at once. */
  function start(chatId: string, verdict: Verdict): boolean | undefined {
    let answer: unknown
    try {
      answer = ask(chatId)
    } catch (thrown) {
      return fail(verdict, thrown)
    }
    if (!isThenable(answer)) return settle(verdict, answer)
    underWay++
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`maySee did not answer within ${patience} ms, which counts as a no.`)),
        patience,
      )
      timers.add(timer)
    })
    Promise.race([answer, late])
      .finally(() => {
        clearTimeout(timer)
        if (timer !== undefined) timers.delete(timer)
        underWay--
      })
      .then(
        (given: unknown) => isEnded || onVerdict(chatId, settle(verdict, given)),
        (thrown: unknown) => isEnded || onVerdict(chatId, fail(verdict, thrown)),
      )
      .finally(startWaiting)
    return undefined
  }

  function startWaiting(): void {
    while (!isEnded && underWay < mostAtATime) {
      const chatId = waiting.shift()
      const verdict = chatId === undefined ? undefined : verdicts.get(chatId)
      if (chatId === undefined || verdict === undefined) return
      const isYes = start(chatId, verdict)
      if (isYes !== undefined) onVerdict(chatId, isYes)
    }
  }

  /** Makes room for another verdict, if there is any. */
  function makeRoom(): boolean {
    if (verdicts.size < most) return true
    for (const [chatId, { isYes }] of verdicts) if (isYes !== undefined) return verdicts.delete(chatId)
    return false
  }

  return {
    maySee(chatId) {
      const known = verdicts.get(chatId)
      if (known !== undefined && (known.isYes === undefined || known.endsAt > performance.now()))
        return known.isYes
      verdicts.delete(chatId)
      if (isEnded || !makeRoom()) return false
      const verdict: Verdict = { isYes: undefined, endsAt: 0 }
      verdicts.set(chatId, verdict)
      if (underWay < mostAtATime) return start(chatId, verdict)
      waiting.push(chatId)
      return undefined
    },
    end() {
      isEnded = true
      waiting.length = 0
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}

/** Describes a value without quoting it. */
function describe(value: unknown): string {
  return value == null ? String(value) : `a value of type ${typeof value}`
}
