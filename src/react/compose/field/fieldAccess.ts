import { windowOf } from './windowOf.js'

/** What the element says of whether it can be written in, whoever forbade it: its props, a fieldset around it. */
export interface AccessState {
  readonly isDisabled: boolean
  readonly isReadOnly: boolean
}

/** The one place that asks whether a field can be written in. */
export interface FieldAccess {
  follow: (element: HTMLTextAreaElement | null) => void
  /** Looks at the element anew. */
  look: () => void
  isEditable: () => boolean
  state: () => AccessState
  subscribe: (listener: () => void) => () => void
}

const open: AccessState = { isDisabled: false, isReadOnly: false }

export function createFieldAccess(): FieldAccess {
  const listeners = new Set<() => void>()
  let element: HTMLTextAreaElement | null = null
  let observer: MutationObserver | null = null
  let state = open

  const look = () => {
    const isDisabled = element?.matches(':disabled') === true
    const isReadOnly = element?.readOnly === true
    if (isDisabled === state.isDisabled && isReadOnly === state.isReadOnly) return
    state = { isDisabled, isReadOnly }
    for (const listener of [...listeners]) listener()
  }
  const watch = () => {
    const options = { attributes: true, attributeFilter: ['disabled', 'readonly'] }
    for (let at: Element | null | undefined = element; at != null; at = at.parentElement?.closest('fieldset'))
      observer?.observe(at, options)
    look()
  }

  return {
    follow(next) {
      observer?.disconnect()
      // It may stand in another fieldset by now.
      element?.removeEventListener('focus', watch)
      next?.addEventListener('focus', watch)
      element = next
      observer = next === null ? null : new (windowOf(next).MutationObserver)(look)
      watch()
    },
    look,
    isEditable() {
      look()
      return !state.isDisabled && !state.isReadOnly
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
