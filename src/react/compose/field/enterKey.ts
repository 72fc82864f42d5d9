import type { KeyboardEvent as ReactKeyboardEvent } from 'react'
import { isUntoldKey } from './isUntoldKey.js'
import { isSubmitKey, sendsOnEnter, type SubmitMode } from './submitMode.js'

/** What Enter does in a field. */
export interface EnterKey {
  onKeyDown: (event: ReactKeyboardEvent) => void
  /** Follows an element: React has no event for what a key is about to do. */
  follow: (element: HTMLElement | null) => void
}

export interface EnterKeyHost {
  readonly submitMode: { readonly current: SubmitMode }
  isCoarse: () => boolean
  /** Whether an input method composes in the field. */
  isComposing: () => boolean
  send: () => void
}

export function createEnterKey({ submitMode, isCoarse, isComposing, send }: EnterKeyHost): EnterKey {
  let element: HTMLElement | null = null
  let mayBeEnter = false

  // Some keyboards of phones tell no key at all, and only then what it does.
  const onBeforeInput = (event: InputEvent) => {
    const isBreak = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph'
    if (!isBreak || !mayBeEnter || event.isComposing || isComposing()) return
    if (!sendsOnEnter(submitMode.current, isCoarse())) return
    event.preventDefault()
    send()
  }

  return {
    onKeyDown(event) {
      const { nativeEvent } = event
      const isInComposition = nativeEvent.isComposing || isComposing()
      const isUntold = isUntoldKey(nativeEvent)
      mayBeEnter = isUntold && !isInComposition && !event.shiftKey
      const mode = { submitMode: submitMode.current, isCoarse: isCoarse() }
      if (isInComposition || isUntold || !isSubmitKey(event, mode)) return
      event.preventDefault()
      if (!event.repeat) send()
    },
    follow(next) {
      element?.removeEventListener('beforeinput', onBeforeInput)
      next?.addEventListener('beforeinput', onBeforeInput)
      element = next
    },
  }
}
