/** The text that a host keeps: what it was told of it, and what it says in turn, at once or late. */
export interface HostText {
  tell: (text: string) => void
  /**
   * Hears what the host says of it.
   *
   * @param shown what the field shows.
   * @returns whether that is to be written into the field: it is no answer to what it was told.
   */
  hear: (text: string, shown: string) => boolean
}

interface HostTextHost {
  readonly onValueChange?: ((text: string) => void) | undefined
  readonly isControlled: boolean
}

/** How many texts that the host was told of may come back late. */
const mostEchoes = 100

/** @param initial what the host knows of at first. */
export function createHostText(host: { readonly current: HostTextHost }, initial: string): HostText {
  let told = initial
  let heard = initial
  let echoes: string[] = []

  return {
    tell(text) {
      if (text === told) return
      told = text
      if (host.current.isControlled) echoes = [...echoes.slice(1 - mostEchoes), text]
      host.current.onValueChange?.(text)
    },
    hear(text, shown) {
      if (text === heard) return false
      heard = text
      if (text !== shown && echoes.includes(text)) return false
      echoes = []
      if (text === shown) return false
      told = text
      return true
    },
  }
}
