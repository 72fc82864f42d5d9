import { systemClock } from '../../../core/clock.js'
import { countCharacters } from '../countCharacters.js'
import { isImeKey } from './enterKey.js'
import { listen, windowOf } from './fieldElement.js'

/** How long after a send an IME or dictation may still bring the sent text back, in milliseconds. */
const longest = 1_000

const isInsertion = /^insert(Text|ReplacementText|CompositionText|FromComposition|FromDictation)$/

/** What an input method (IME) or dictation does in a field. */
export interface InputMethod {
  follow: (element: HTMLTextAreaElement | null) => void
  isComposing: () => boolean
  /** Nothing is composed any more. Whatever waited for the end is dropped. */
  drop: () => void
  /** Runs `then` once the composition has ended by itself; a later call replaces an earlier one. */
  wait: (then: () => void) => void
  /** Ends the composition, which leaves its text in the field, and then runs `then`. */
  end: (then: () => void) => void
  /**
   * This text leaves the field. An IME (Korean) may put back the syllable that it committed last; dictation, the whole
   * text.
   */
  expectBack: (text: string) => void
  /**
   * Whether an edit only brings back what left; true once per text that left.
   *
   * @param inputType what the browser says of the edit.
   */
  isBroughtBack: (text: string, inputType: string | undefined) => boolean
  /** From now on every edit is made by hand. */
  expectNone: () => void
}

export function createInputMethod(): InputMethod {
  let element: HTMLTextAreaElement | null = null
  let unlisten: (() => void) | undefined
  let isComposing = false
  let committed = ''
  let then: (() => void) | null = null
  let waiting: (() => void) | null = null
  let cancel: (() => void) | undefined
  let left: readonly string[] = []
  let leftAt = 0

  const drop = () => {
    isComposing = false
    then = waiting = null
    cancel?.()
  }
  const ended = () => {
    const next = [waiting, then]
    drop()
    for (const go of next) go?.()
  }
  const expectNone = () => {
    left = []
  }
  /**
   * Where code writes into a composition, some browsers end it without an event; the next key or insertion shows it. For a
   * deletion they report on the command, not on the composition around it.
   */
  const hear = ({ isTrusted, isComposing: isStill, inputType }: Partial<InputEvent>) => {
    const isInsertion = inputType === undefined || inputType.startsWith('insert')
    if (isComposing && isTrusted === true && isStill === false && isInsertion) ended()
  }

  return {
    follow(next) {
      unlisten?.()
      element = next
      unlisten = listen(next, {
        compositionstart() {
          isComposing = true
          committed = ''
          expectNone()
        },
        compositionend({ data }: CompositionEvent) {
          committed = data
          ended()
        },
        // A field that lost the focus composes nothing, whether or not the browser says so.
        blur() {
          if (then === null) ended()
          else isComposing = false
        },
        keydown(event: KeyboardEvent) {
          hear(event)
          if (!isImeKey(event)) expectNone()
        },
        input: hear,
        paste: expectNone,
        drop: expectNone,
      })
      drop()
    },
    isComposing: () => isComposing,
    drop,
    wait(next) {
      if (isComposing) waiting = next
      else next()
    },
    end(next) {
      if (!isComposing || element === null) {
        next()
        return
      }
      then = next
      // Losing the focus ends a composition in every browser; it comes back before a phone's keyboard can close.
      element.blur()
      element.focus({ preventScroll: true })
      // No `compositionend` by now: nothing was composing.
      const view = windowOf(element)
      const timer = view.setTimeout(ended)
      cancel = () => view.clearTimeout(timer)
    },
    expectBack(text) {
      // A single character may be meant twice: an emoji picker makes no key event that would tell.
      const dictated = countCharacters(text) > 1 ? text : ''
      left = [dictated, committed].filter((known) => known !== '' && text.endsWith(known))
      leftAt = systemClock.monotonic()
    },
    isBroughtBack(text, inputType) {
      if (!left.includes(text) || !isInsertion.test(inputType ?? '')) return false
      expectNone()
      return systemClock.monotonic() - leftAt < longest
    },
    expectNone,
  }
}
