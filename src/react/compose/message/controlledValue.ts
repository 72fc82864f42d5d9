import { systemClock } from '../../../core/clock.js'
import { printOnce } from '../../development.js'

/** A text that the host keeps: what it was told, and what it sets in return, immediately or late. */
export interface ControlledValue {
  tell: (text: string) => void
  /**
   * Takes the value that the host sets.
   *
   * @param shown what the field shows.
   * @returns whether to write it into the field: it isn't just the answer to what the host was told.
   */
  hear: (text: string, shown: string) => boolean
  /** The host keeps no value any more. Whatever it sets next counts, unless it is `known`. */
  release: (known: string | null) => void
  /** Starts again, with the text of another chat. */
  begin: (text: string) => void
}

interface ControlledValueHost {
  readonly onValueChange?: ((text: string) => void) | null | undefined
  readonly value?: string | null | undefined
}

/** How many texts a host may answer late. */
const mostEchoes = 100

/** How late a host may answer, in milliseconds. */
const longest = 10_000

/** How late older answers may come after one for the text that is shown, in milliseconds. */
const longestOlder = 1_000

const untold =
  'a compose box has a value and no onValueChange, so its text changes and you never hear of it: after a send the box is ' +
  'empty, and your value still holds the message. Pass onValueChange={setText} (it takes the text itself) in place of ' +
  'onChange, or leave value out and let the box keep its text.'

/** @param initial what the host knows at first. */
export function createControlledValue(
  host: { readonly current: ControlledValueHost },
  initial: string,
): ControlledValue {
  let told = initial
  let heard: string | null = initial
  /** What the host was told, and may yet answer. */
  let echoes: readonly string[] = []
  let until = 0

  /** Forgets what is answered too late: from then on the host may set it. */
  function expire(): number {
    const now = systemClock.monotonic()
    if (now >= until) echoes = []
    return now
  }

  return {
    tell(text) {
      if (text === told) return
      told = text
      const { value, onValueChange } = host.current
      if (value != null) {
        until = expire() + longest
        echoes = [...echoes.slice(1 - mostEchoes), text]
      }
      if (onValueChange != null) onValueChange(text)
      else if (process.env.NODE_ENV !== 'production' && value != null) printOnce(untold)
    },
    hear(text, shown) {
      if (text === heard) return false
      heard = text
      const now = expire()
      const answered = echoes.indexOf(text)
      if (text === shown) {
        told = text
        // If the host was told the same text twice, what came between is still unanswered.
        echoes = answered < 0 ? [] : echoes.slice(answered + 1)
        until = now + longestOlder
        return false
      }
      if (answered >= 0) return false
      echoes = []
      told = text
      return true
    },
    release(known) {
      heard = known
      echoes = []
    },
    begin(text) {
      told = heard = text
      echoes = []
    },
  }
}
