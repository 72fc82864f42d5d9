import { windowOf } from './windowOf.js'

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
  let forget = (): void => undefined

  const start = () => {
    isComposing = true
    committed = ''
  }
  const drop = () => {
    isComposing = false
    then = waiting = null
    forget()
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
  const onEnd = (event: Event) => {
    committed = (event as CompositionEvent).data
    ended()
  }
  /**
   * Where code writes into what is composed, some browsers end it and tell nobody: the next key or insertion does. What is
   * deleted, they say of the command, and not of what is composed around it.
   */
  const hear = (event: Event) => {
    const { isTrusted, isComposing: isStill, inputType } = event as Partial<InputEvent>
    const isInsertion = inputType === undefined || inputType.startsWith('insert')
    if (isComposing && isTrusted && isStill === false && isInsertion) ended()
  }
  const listeners: Record<string, (event: Event) => void> = {
    compositionstart: start,
    compositionend: onEnd,
    blur: left,
    keydown: hear,
    input: hear,
  }

  return {
    follow(next) {
      for (const [type, listener] of Object.entries(listeners)) {
        element?.removeEventListener(type, listener)
        next?.addEventListener(type, listener)
      }
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
      const view = windowOf(element)
      const timer = view.setTimeout(ended)
      forget = () => view.clearTimeout(timer)
    },
  }
}
