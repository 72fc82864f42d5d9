import { systemClock } from '../../../core/clock.js'
import { printOnce } from '../../development.js'

/** The text that a host keeps: what it was told of it, and what it says in turn, at once or late. */
export interface ControlledValue {
  tell: (text: string) => void
  /**
   * Hears what the host says of it.
   *
   * @param shown what the field shows.
   * @returns whether that is to be written into the field: it is no answer to what it was told.
   */
  hear: (text: string, shown: string) => boolean
  /** Begins anew with another text of the host's. */
  begin: (text: string) => void
}

interface ControlledValueHost {
  readonly onValueChange?: ((text: string) => void) | null | undefined
  readonly value?: string | null | undefined
}

/** How many texts that the host was told of may come back late. */
const mostEchoes = 100

/** How long others may come back after the one that is shown, in milliseconds: the host may leave them out. */
const longest = 1_000

const untold =
  'a compose box has a value and no onValueChange, so its text changes and you never hear of it: after a send the box is ' +
  'empty, and your value still holds the message. Pass onValueChange={setText} (it takes the text itself) in place of ' +
  'onChange, or leave value out and let the box keep its text.'

/** @param initial what the host knows of at first. */
export function createControlledValue(
  host: { readonly current: ControlledValueHost },
  initial: string,
): ControlledValue {
  let told = initial
  let heard = initial
  /** What the host was told, and may yet answer. */
  let echoes: readonly string[] = []
  let until = Infinity

  return {
    tell(text) {
      if (text === told) return
      told = text
      const { value, onValueChange } = host.current
      if (value != null) {
        echoes = [...echoes.slice(1 - mostEchoes), text]
        until = Infinity
      }
      if (onValueChange != null) onValueChange(text)
      else if (process.env.NODE_ENV !== 'production' && value != null) printOnce(untold)
    },
    hear(text, shown) {
      if (text === heard) return false
      heard = text
      const now = systemClock.monotonic()
      if (now >= until) echoes = []
      const answered = echoes.indexOf(text)
      if (text === shown) {
        // The same text may have been told twice: then what came between is still to be answered.
        echoes = answered < 0 ? [] : echoes.slice(answered + 1)
        until = now + longest
        return false
      }
      if (answered >= 0) return false
      echoes = []
      told = text
      return true
    },
    begin(text) {
      told = heard = text
      echoes = []
    },
  }
}
