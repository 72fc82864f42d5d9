import type { Now } from './clock.js'
import type { TypingError } from './typingError.js'
import type { SessionInput } from './typingInput.js'

/** The inputs of a chat: the wish is on while someone composes in any of them. */
export interface Wish {
  join: (input: SessionInput) => void
  leave: (input: SessionInput) => void
  /** Every input is gone at once. */
  clear: () => void
  isOn: () => boolean
  /** Whether an edit of someone who still composes asks for a start that was not considered yet. */
  isAsking: () => boolean
  considered: () => void
  end: () => void
  /** Tells the host of every input of a failure. */
  tell: (error: TypingError) => void
  /** Whether the chat has no input. */
  isOrphaned: () => boolean
  /** How long ago the last input left, in milliseconds. */
  orphanAge: () => number
  /** Milliseconds until the wish may end by itself. */
  nextLook: () => number
}

export function createWish(now: Now): Wish {
  const inputs = new Set<SessionInput>()
  let leftAt = now.moment()

  const some = (test: (input: SessionInput) => boolean) => {
    for (const input of inputs) if (test(input)) return true
    return false
  }
  const end = () => {
    for (const input of inputs) input.end()
  }

  return {
    join(input) {
      inputs.add(input)
    },
    leave(input) {
      inputs.delete(input)
      leftAt = now.moment()
    },
    clear() {
      end()
      inputs.clear()
      leftAt = now.moment()
    },
    isOn: () => some((input) => input.isComposing()),
    isAsking: () => some((input) => input.isComposing() && input.isAsking()),
    considered() {
      for (const input of inputs) input.considered()
    },
    end,
    tell(error) {
      for (const input of inputs) input.tell(error)
    },
    isOrphaned: () => inputs.size === 0,
    orphanAge: () => now.relianceAge(leftAt),
    nextLook() {
      let next = Infinity
      for (const input of inputs) next = Math.min(next, input.nextLook())
      return next
    },
  }
}
