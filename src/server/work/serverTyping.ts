import { createTypingSessions } from '../../core/sessions.js'
import { TypingError } from '../../core/typingError.js'
import { linqFailures } from '../../linq/failures.js'
import { linqPolicy } from '../../linq/policy.js'
import { startTime } from '../callTime.js'
import { tell } from '../events.js'
import { checkHub } from '../hub/typingHub.js'
import { isUuid } from '../uuid.js'
import type { ServerTypingOptions } from './serverTypingOptions.js'
import { createUnsettled } from './unsettled.js'
import { createWorkCalls } from './workCalls.js'
import { startWorkInput } from './workInput.js'

/** What a piece of work is given. */
export interface TypingWork {
  /**
   * Call it when the message leaves, with the send's promise if there is one; it returns that promise. The message then ends
   * the bubble, which comes back 3 s later if the work goes on. A send that rejects, or resolves to a `Response` with
   * status 400 or more, doesn't count. With a hub, also call `hub.sent` for the message, as for every other one.
   */
  readonly sent: { (): void; <Sending>(sending: Sending): Sending }
  /**
   * Fires if the bubble ends for good before the work does: after five minutes, or when your own signal fires. The work goes
   * on unless it listens: pass this to anything that should be given up then, such as the call to a model.
   */
  readonly signal: AbortSignal
}

export interface DuringOptions {
  /** When it fires, the bubble ends and the work's own signal fires: for an answer that nobody waits for any more. */
  signal?: AbortSignal | null | undefined
}

/** Shows the typing bubble while a server writes. */
export interface ServerTyping {
  /**
   * Does a piece of work with the bubble on: at once, refreshed as needed, for five minutes at most. The bubble ends with
   * the work, unless `sent` has left that to a message.
   *
   * ```ts
   * await typing.during(chatId, async ({ sent, signal }) => {
   *   const text = await writeAnswer(question, { signal })
   *   await sent(linq.chats.messages.send(chatId, message(text)))
   * })
   * ```
   *
   * @returns what the work returns; what it throws is thrown. A typing failure is never thrown, and the work never waits
   * for typing.
   */
  readonly during: <Result>(
    chatId: string,
    work: (work: TypingWork) => Result | PromiseLike<Result>,
    options?: DuringOptions | null,
  ) => Promise<Result>
  /**
   * Resolves when the bubbles of all finished work are known to have ended: within 15 seconds. Wait for it where nothing
   * runs after an answer: before a function returns, or in `waitUntil` or `after`. Never rejects.
   */
  readonly settled: () => Promise<void>
}

const fiveMinutes = 300_000

/**
 * Shows typing for work on a server, such as a model that writes the answer. On Workers, make one per request, because a
 * request can't end what another began.
 *
 * @throws TypeError if `linq` is missing, or another option can't work.
 */
export function createServerTyping(given: ServerTypingOptions): ServerTyping {
  const options = (given as ServerTypingOptions | null | undefined) ?? ({} as ServerTypingOptions)
  checkHub(options.hub, 'createServerTyping')
  const calls = createWorkCalls(options)
  const unsettled = createUnsettled()
  const sessions = createTypingSessions({
    policy: () => linqPolicy,
    failures: () => linqFailures,
    fetcher: calls.fetcher,
    onRested: (place) => void calls.leave(place).then(() => unsettled.rest(place)),
  })

  function begin(chatId: string): { sent: (sending: unknown) => void; end: () => void } | undefined {
    if (!isUuid(chatId)) {
      tell(options.onError, new TypingError({ reason: 'invalid' }), chatId)
      return undefined
    }
    const place = calls.placeOf(chatId)
    unsettled.begin(place)
    const { sent, end } = startWorkInput(sessions, place, () => void calls.sent(place))
    let isEnded = false
    return {
      sent,
      end() {
        if (isEnded) return
        isEnded = true
        unsettled.end(place)
        end()
      },
    }
  }

  return {
    async during(chatId, work, workOptions) {
      const time = startTime(fiveMinutes, workOptions?.signal ?? undefined)
      const input = time.signal.aborted ? undefined : begin(chatId)
      const end = () => input?.end()
      time.signal.addEventListener('abort', end)
      function sent<Sending>(sending?: Sending): Sending | undefined {
        input?.sent(sending)
        return sending
      }
      try {
        return await work({ sent, signal: time.signal })
      } finally {
        time.end()
        end()
      }
    },
    settled: unsettled.settled,
  }
}
