/** What an input method composes in a field. */
export interface Composition {
  follow: (element: HTMLTextAreaElement | null) => void
  isComposing: () => boolean
  /** What the last composition put into the text. */
  committed: () => string
  /** Nothing is composed any more, and what waited for its end no longer does. */
  drop: () => void
  /** Goes on when the composition has ended by itself; only the last who waits does. */
  wait: (then: () => void) => void
  /** Ends the composition, which leaves what it composed in the text, and goes on when that is done. */
  end: (then: () => void) => void
}

export function createComposition(): Composition {
  let element: HTMLTextAreaElement | null = null
  let isComposing = false
  let committed = ''
  let then: (() => void) | null = null
  let waiting: (() => void) | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const start = () => {
    isComposing = true
    committed = ''
  }
  const drop = () => {
    isComposing = false
    then = waiting = null
    clearTimeout(timer)
  }
  const ended = () => {
    const next = [waiting, then]
    drop()
    for (const go of next) go?.()
  }
  /** Nothing is composed in a field that is left, whether or not its end is told. */
  const left = () => {
    if (then === null) ended()
    else isComposing = false
  }
  const onEnd = (event: CompositionEvent) => {
    committed = event.data
    ended()
  }

  return {
    follow(next) {
      element?.removeEventListener('compositionstart', start)
      element?.removeEventListener('compositionend', onEnd)
      element?.removeEventListener('blur', left)
      next?.addEventListener('compositionstart', start)
      next?.addEventListener('compositionend', onEnd)
      next?.addEventListener('blur', left)
      element = next
      drop()
    },
    isComposing: () => isComposing,
    committed: () => committed,
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
      // Leaving the field is what ends a composition everywhere; the focus comes back before a keyboard can close.
      element.blur()
      element.focus({ preventScroll: true })
      // Where no end is told, there was none to wait for.
      timer = setTimeout(ended)
    },
  }
}
