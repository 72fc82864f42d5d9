import debounce from 'lodash.debounce'
import type { Moment, Now } from './clock.js'
import { report } from './report.js'
import type { TypingError } from './typingError.js'

export interface TypingInputOptions {
  /** Told once of each new failure in the chat. */
  onError?: ((error: TypingError) => void) | undefined
}

/** One place where someone writes in a chat. */
export interface TypingInput {
  /** Counts an edit: `false` when it left no typing text. */
  keystroke: (hasText: boolean) => void
  /** The message left; a promise tells whether it really did. */
  sent: (sending?: PromiseLike<unknown>) => void
  setEnabled: (isEnabled: boolean) => void
  leave: () => void
}

/** An input as its session sees it: a wish, and what it asks for. */
export interface SessionInput extends TypingInput {
  /** Tells the host of a failure; what its callback throws is the host's to see. */
  tell: (error: TypingError) => void
  /** Whether someone composes here: the last edit is younger than the idle timeout, and nothing ended the wish. */
  isComposing: () => boolean
  /** Whether an edit asks for a start that was not considered yet. */
  isAsking: () => boolean
  considered: () => void
  /** Ends the wish: emptied, sent, disabled, stopped, hidden or gone. */
  end: () => void
  /** Milliseconds until the wish is looked at again, whatever the idle clock says. */
  nextLook: () => number
}

export interface TypingInputHost {
  readonly now: Now
  readonly idleTimeout: () => number
  readonly isHidden: () => boolean
  readonly onSent: (editedAt: Moment, sending?: PromiseLike<unknown>) => void
  readonly onLeave: (input: SessionInput) => void
  /** Whether one more edit changes nothing: the bubble is on, and its start needs no refresh. */
  readonly isSteady: () => boolean
  /** Whether someone composes in the chat, here or elsewhere. */
  readonly isWished: () => boolean
  /** The wish may have changed. */
  readonly look: () => void
}

/**
 * The idle clock is `lodash.debounce`: no timer per key. It reads the wall clock alone, so the age of the last edit is
 * checked when it fires, and `nextLook` guards against a wall clock that was set back or stands still.
 */
export function createTypingInput(options: TypingInputOptions, host: TypingInputHost): SessionInput {
  const { now, idleTimeout, look } = host
  const wait = idleTimeout()
  const editedAt = now.moment()
  let isWished = false
  let isAsking = false
  let isEnabled = true
  let isGone = false
  let wasEarly = false

  const idleClock = debounce(() => {
    now.read()
    wasEarly = input.isComposing()
    look()
  }, wait)
  /** While others compose an end changes nothing; they may end in the same tick, so a start that is due must wait. */
  const lookIfOver = () => {
    if (!host.isWished()) look()
  }
  /** Whether the idle clock rings when the wish ends. */
  const isClockRight = () => !wasEarly && wait === idleTimeout()

  const input: SessionInput = {
    tell(error) {
      report(() => options.onError?.(error))
    },
    keystroke(hasText) {
      now.read()
      if (!hasText) input.end()
      else if (isGone || !isEnabled || host.isHidden()) return
      else {
        const isOneMore = isClockRight() && input.isComposing() && host.isSteady()
        editedAt.monotonic = now.monotonic
        editedAt.wall = now.wall
        wasEarly = false
        idleClock()
        if (isOneMore) return
        isWished = isAsking = true
      }
      if (hasText) look()
      else lookIfOver()
    },
    sent(sending) {
      now.read()
      const lastEdit = input.isComposing() ? { ...editedAt } : now.moment()
      input.end()
      host.onSent(lastEdit, sending)
      look()
    },
    setEnabled(enabled) {
      now.read()
      isEnabled = enabled
      if (!enabled) input.end()
      lookIfOver()
    },
    leave() {
      if (isGone) return
      now.read()
      isGone = true
      input.end()
      host.onLeave(input)
      lookIfOver()
    },
    isComposing: () => isWished && now.relianceAge(editedAt) < idleTimeout(),
    isAsking: () => isAsking,
    considered() {
      isAsking = false
    },
    end() {
      isWished = isAsking = false
      idleClock.cancel()
    },
    nextLook: () =>
      input.isComposing() ? (isClockRight() ? 2 : 1) * idleTimeout() - now.relianceAge(editedAt) : Infinity,
  }
  return input
}
