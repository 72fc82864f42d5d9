import type { KeyboardEvent as ReactKeyboardEvent } from 'react'
import { createStore, type Store } from '../store.js'
import { listen, windowOf } from './fieldElement.js'

/**
 * Which Enter sends.
 *
 * - `auto`: Enter, where there is a mouse or a touchpad; on a phone it breaks the line.
 * - `enter`: Enter, everywhere.
 * - `ctrlEnter`: only Ctrl+Enter or Cmd+Enter.
 * - `none`: no key.
 *
 * Shift+Enter always breaks the line. Ctrl+Enter and Cmd+Enter send in every mode except `none`.
 */
export type SubmitMode = 'auto' | 'enter' | 'ctrlEnter' | 'none'

interface PointerState {
  /** Whether the device that shows the field is used with a finger, as a phone is. */
  readonly isCoarse: boolean
}

/** What Enter does in a field. */
export interface EnterKey extends Pick<Store<PointerState>, 'state' | 'subscribe'> {
  onKeyDown: (event: ReactKeyboardEvent) => void
  follow: (element: HTMLElement | null) => void
}

export interface EnterKeyHost {
  readonly submitMode: { readonly current: SubmitMode }
  /** Whether an IME composes in the field. */
  isComposing: () => boolean
  send: () => void
}

export function createEnterKey({ submitMode, isComposing, send }: EnterKeyHost): EnterKey {
  const { state, set, subscribe } = createStore<PointerState>({ isCoarse: false })
  let mayBeEnter = false
  let unlisten: (() => void)[] = []

  const sends = () => sendsOnEnter(submitMode.current, state().isCoarse)
  const isSubmitKey = ({ key, shiftKey, altKey, ctrlKey, metaKey }: ReactKeyboardEvent) => {
    if (key !== 'Enter' || shiftKey || altKey || submitMode.current === 'none') return false
    return ctrlKey || metaKey || sends()
  }

  // Some phone keyboards don't say which key was pressed, only what it is about to do. React has no event for that.
  const onBeforeInput = (event: InputEvent) => {
    if (!mayBeEnter || !/^insert(LineBreak|Paragraph)$/.test(event.inputType)) return
    if (event.isComposing || isComposing() || !sends()) return
    event.preventDefault()
    send()
  }

  return {
    onKeyDown(event) {
      const { nativeEvent } = event
      const isInComposition = nativeEvent.isComposing || isComposing()
      const isIme = isImeKey(nativeEvent)
      mayBeEnter = isIme && !isInComposition && !event.shiftKey
      if (isInComposition || isIme || !isSubmitKey(event)) return
      event.preventDefault()
      if (!event.repeat) send()
    },
    follow(next) {
      for (const stop of unlisten) stop()
      unlisten = []
      if (next === null) return
      const media = (windowOf(next) as Partial<Window>).matchMedia?.('(pointer: coarse)')
      const change = () => set({ isCoarse: media?.matches === true })
      unlisten = [listen(next, { beforeinput: onBeforeInput }), listen(media, { change })]
      change()
    },
    state,
    subscribe,
  }
}

/** Whether a bare Enter sends. */
export function sendsOnEnter(mode: SubmitMode, isCoarse: boolean): boolean {
  return mode === 'enter' || (mode === 'auto' && !isCoarse)
}

/**
 * Whether an IME or a phone's keyboard took this key. Safari reports the Enter that ends a composition after its end; only
 * key code 229 sets it apart.
 */
export function isImeKey(event: Pick<KeyboardEvent, 'key' | 'keyCode'>): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only mark that Safari leaves
  return event.keyCode === 229 || event.key === 'Process' || event.key === 'Unidentified'
}
