import type { ComponentProps, SyntheticEvent } from 'react'

/**
 * Props that keep the buttons of a slot from submitting the box's form. `requestSubmit()` without a submitter comes from the
 * host, and sends.
 */
export const ignoreSlotSubmits: Required<Pick<ComponentProps<'form'>, 'onSubmit'>> = {
  onSubmit(event) {
    if (event.target === event.currentTarget && submitterOf(event) !== null && !hasOwnAction(event))
      event.preventDefault()
  },
}

function submitterOf({ nativeEvent }: SyntheticEvent): HTMLElement | null {
  return (nativeEvent as Partial<SubmitEvent>).submitter ?? null
}

/** Whether the button that submits has an action of its own, `formAction`, which has nothing to do with the message. */
export function hasOwnAction(event: SyntheticEvent): boolean {
  return submitterOf(event)?.hasAttribute('formaction') === true
}
