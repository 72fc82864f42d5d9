import type { Chat, Input } from './chat.js'
import type { Moment } from './clock.js'
import { isComposing, isTyping, type Pass } from './rules.js'

export type TypingInputOptions = Pick<Input, 'onError'>

/** One place where someone writes in a chat, as the app reports it. */
export interface TypingInput {
  /** Counts an edit; `false` if it left no typing text. */
  keystroke: (hasText: boolean) => void
  /** Says that the message left; a promise shows whether it really did. */
  sent: (sending?: PromiseLike<unknown>) => void
  setEnabled: (isEnabled: boolean) => void
  leave: () => void
}

/** The session as its inputs see it. */
export interface TypingInputHost {
  readonly chat: Chat
  readonly look: () => Pass
  /** Whether the page is gone, so that no edit counts. */
  readonly isPageGone: () => boolean
  readonly onEdit: (input: Input) => void
  readonly onSent: (editedAt: Moment, pass: Pass, sending?: PromiseLike<unknown>) => void
  readonly reconcile: (pass: Pass) => void
}

/** Adds an input to a chat. */
export function createTypingInput({ onError }: TypingInputOptions, host: TypingInputHost): TypingInput {
  const { chat, look } = host
  const input: Input = { editedAt: null, isAsking: false, onError }
  let isEnabled = true
  chat.inputs.add(input)

  function end(): void {
    const pass = look()
    input.editedAt = null
    // While others are composing, this changes nothing.
    if (!isTyping(chat, pass)) host.reconcile(pass)
  }

  return {
    keystroke(hasText) {
      if (!hasText) end()
      else if (isEnabled && chat.inputs.has(input) && !host.isPageGone()) host.onEdit(input)
    },
    sent(sending) {
      const pass = look()
      const editedAt = isComposing(input, pass) ? input.editedAt : null
      input.editedAt = null
      host.onSent(editedAt ?? pass.now, pass, sending)
      host.reconcile(pass)
    },
    setEnabled(enabled) {
      isEnabled = enabled
      if (!enabled) end()
    },
    leave() {
      if (!chat.inputs.delete(input)) return
      chat.owesCorrection &&= chat.inputs.size > 0
      chat.leftAt = look().now
      end()
    },
  }
}
