import { createStore, type Store } from '../store.js'
import { listen, windowOf } from './fieldElement.js'

/** Whether the element can be written in. Its own props may forbid that, or a fieldset around it. */
export interface AccessState {
  readonly isDisabled: boolean
  readonly isReadOnly: boolean
}

/** The one place that knows whether a field can be written in. */
export interface FieldAccess extends Pick<Store<AccessState>, 'state' | 'subscribe'> {
  follow: (element: HTMLTextAreaElement | null) => void
  /** Asks the element again. */
  refresh: () => void
  isEditable: () => boolean
}

export function createFieldAccess(): FieldAccess {
  const { state, set, subscribe } = createStore<AccessState>({ isDisabled: false, isReadOnly: false })
  let element: HTMLTextAreaElement | null = null
  let observer: MutationObserver | undefined
  let unlisten: (() => void) | undefined

  const refresh = () =>
    set({ isDisabled: element?.matches(':disabled') === true, isReadOnly: element?.readOnly === true })
  const watch = () => {
    const options = { attributeFilter: ['disabled', 'readonly'] }
    for (let at: Element | null | undefined = element; at != null; at = at.parentElement?.closest('fieldset'))
      observer?.observe(at, options)
    refresh()
  }

  return {
    follow(next) {
      observer?.disconnect()
      unlisten?.()
      element = next
      observer = next === null ? undefined : new (windowOf(next).MutationObserver)(refresh)
      // By the next focus it may be in another fieldset.
      unlisten = listen(next, { focus: watch })
      watch()
    },
    refresh,
    isEditable() {
      refresh()
      return !state().isDisabled && !state().isReadOnly
    },
    state,
    subscribe,
  }
}
