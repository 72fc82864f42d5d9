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
   * Call it when the message leaves, with the send's promise if there is one, which it returns: the bubble is left to the
   * message, and comes on again 3 s after it if the work goes on. A send that rejects, or resolves to a response that is
   * not `ok`, counts as none. With a hub, tell `hub.sent` of the message too, as of every other.
   */
  readonly sent: { (): void; <Sending>(sending: Sending): Sending }
  /**
   * Fires when the bubble ends for good before the work does: after five minutes, or with your own signal. The work goes on
   * unless it listens: pass this on to what should be given up then, such as the call to a model.
   */
  readonly signal: AbortSignal
}

export interface DuringOptions {
  /** Ends the bubble, and fires the work's own signal: for an answer that nobody waits for any more. */
  signal?: AbortSignal | null | undefined
}

/** Shows the typing bubble while a server writes. */
export interface ServerTyping {
  /**
   * Does a piece of work with the bubble on: at once, refreshed, for five minutes at most. When the work ends the bubble
   * does, unless `sent` has left it to a message.
   *
   * ```ts
   * await typing.during(chatId, async ({ sent, signal }) => {
   *   const text = await writeAnswer(question, { signal })
   *   await sent(linq.chats.messages.send(chatId, message(text)))
   * })
   * ```
   *
   * @returns what the work returns. What it throws is thrown; no failure of typing ever is, nor does the work wait for it.
   */
  readonly during: <Result>(
    chatId: string,
    work: (work: TypingWork) => Result | PromiseLike<Result>,
    options?: DuringOptions | null,
  ) => Promise<Result>
  /**
   * Resolves when the bubble of all work that has ended is known to have ended too: within 15 seconds. Wait for it
   * where nothing runs after an answer: before a function returns, or in `waitUntil` or `after`. Never rejects.
   */
  readonly settled: () => Promise<void>
}

const fiveMinutes = 300_000

/**
 * Makes typing for work on a server, such as a model that writes the answer. On Workers make one per request, for a request
 * can't end what another began.
 *
 * @throws TypeError if `linq` is missing, or another option can't work.
 */
export function createServerTyping(options: ServerTypingOptions): ServerTyping {
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
