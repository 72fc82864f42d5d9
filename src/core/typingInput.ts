import debounce from 'lodash.debounce'
import type { Wish } from './chat.js'
import type { Moment } from './clock.js'
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

/** The chat as its inputs see it. */
export interface TypingInputHost {
  readonly now: () => Moment
  /** Milliseconds. */
  readonly idleTimeout: number
  /** Whether the page is gone, so that no edit counts. */
  readonly isPageGone: () => boolean
  readonly isComposing: (wish: Wish, now: Moment) => boolean
  /** Whether somebody composes here, and one more edit changes nothing. */
  readonly isSteady: (wish: Wish, now: Moment) => boolean
  /** The wish may have changed. */
  readonly reconcile: (now?: Moment) => void
  /** A wish ended, which changes nothing while others compose. */
  readonly reconcileIfQuiet: (now: Moment) => void
  readonly onSent: (editedAt: Moment, now: Moment, sending?: PromiseLike<unknown>) => void
  readonly onLeave: (now: Moment) => void
}

/**
 * The idle clock is `lodash.debounce`: no timer per key. It reads the wall clock alone, so the session looks at the age
 * of the last edit when it fires, and has a timer of its own for a wall clock that was set back or stands still.
 */
export function createTypingInput(wish: Wish, host: TypingInputHost): TypingInput & { end: () => void } {
  let isEnabled = true
  let hasLeft = false
  const idleClock = debounce(() => host.reconcile(), host.idleTimeout)

  const end = () => {
    wish.editedAt = null
    wish.isAsking = false
    idleClock.cancel()
  }

  return {
    end,
    keystroke(hasText) {
      const now = host.now()
      if (!hasText) {
        end()
        host.reconcileIfQuiet(now)
        return
      }
      if (hasLeft || !isEnabled || host.isPageGone()) return
      const isOneMore = host.isSteady(wish, now)
      wish.editedAt = now
      idleClock()
      if (isOneMore) return
      wish.isAsking = true
      host.reconcile(now)
    },
    sent(sending) {
      const now = host.now()
      const editedAt = host.isComposing(wish, now) ? wish.editedAt : null
      end()
      host.onSent(editedAt ?? now, now, sending)
      host.reconcile(now)
    },
    setEnabled(enabled) {
      isEnabled = enabled
      if (!enabled) end()
      host.reconcileIfQuiet(host.now())
    },
    leave() {
      if (hasLeft) return
      hasLeft = true
      const now = host.now()
      end()
      host.onLeave(now)
      host.reconcileIfQuiet(now)
    },
  }
}
