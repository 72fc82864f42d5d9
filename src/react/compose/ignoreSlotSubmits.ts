import type { ComponentProps, SyntheticEvent } from 'react'

/** Submits that no script asked for. */
const unasked = new WeakSet<Event>()

/**
 * Props that keep what is in a slot from submitting the box's form. `requestSubmit()` without a submitter comes from the host,
 * and sends.
 */
export const ignoreSlotSubmits: Required<Pick<ComponentProps<'form'>, 'onSubmit' | 'onSubmitCapture'>> = {
  // Safari before 16.4 looks past a button that is disabled or hidden: Enter in an input submits without one. Between two
  // listeners microtasks run only if no script is under way, and one that called `requestSubmit()` is.
  onSubmitCapture({ nativeEvent }) {
    queueMicrotask(() => unasked.add(nativeEvent))
  },
  onSubmit(event) {
    if (event.target !== event.currentTarget || hasOwnAction(event)) return
    if (submitterOf(event) !== null || unasked.has(event.nativeEvent)) event.preventDefault()
  },
}

function submitterOf({ nativeEvent }: SyntheticEvent): HTMLElement | null {
  return (nativeEvent as Partial<SubmitEvent>).submitter ?? null
}

/** Whether the button that submits has an action of its own, `formAction`, which has nothing to do with the message. */
export function hasOwnAction(event: SyntheticEvent): boolean {
  return submitterOf(event)?.hasAttribute('formaction') === true
}
