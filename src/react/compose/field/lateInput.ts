import { systemClock } from '../../../core/clock.js'
import { countCharacters } from '../message/characters.js'

/** How long after a send an input method or dictation may still bring back what was sent, in milliseconds. */
const longest = 1_000

const isInsertion = /^insert(Text|ReplacementText|CompositionText|FromComposition|FromDictation)$/

/**
 * What an input method (Korean) or dictation may put back into a field that was just emptied: the syllable that it
 * committed last, or the whole text. Dropped once.
 */
export interface LateInput {
  expect: (text: string, committed: string) => void
  /** @param inputType what the browser says of the edit. */
  isLate: (text: string, inputType: string | undefined) => boolean
  /** What comes from now on was made by a hand. */
  end: () => void
}

export function createLateInput(): LateInput {
  let texts: readonly string[] = []
  let since = 0

  return {
    expect(text, committed) {
      // One character may well be meant twice: an emoji has no key that would tell.
      const dictated = countCharacters(text) > 1 ? text : ''
      texts = [dictated, committed].filter((known) => known !== '' && text.endsWith(known))
      since = systemClock.monotonic()
    },
    isLate(text, inputType) {
      if (!texts.includes(text) || !isInsertion.test(inputType ?? '')) return false
      texts = []
      return systemClock.monotonic() - since < longest
    },
    end() {
      texts = []
    },
  }
}
