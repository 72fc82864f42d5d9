import type { ComponentProps, SyntheticEvent } from 'react'

/** What Enter presses instead of submitting the form without a button. Our own belongs to no form. */
const submitButton =
  ':is(button:not([type=button],[type=reset]),[type=submit],[type=image]):enabled:not([form=""])'
/** Inputs that Enter presses, if it does anything. */
const pressed = new Set(['button', 'color', 'file', 'image', 'reset', 'submit'])

/**
 * Props that keep what is in a slot from submitting the box's form. `requestSubmit()` without a submitter comes from the host,
 * and sends.
 */
export const ignoreSlotSubmits: Required<Pick<ComponentProps<'form'>, 'onSubmit' | 'onKeyPress'>> = {
  onSubmit(event) {
    if (event.target === event.currentTarget && submitterOf(event) !== null && !hasOwnAction(event))
      event.preventDefault()
  },
  // Safari before 16.4 looks past a button that is disabled or hidden.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only event between a key and its submit
  onKeyPress(event) {
    const { localName, type, form } = event.target as HTMLInputElement
    if (
      event.key === 'Enter' &&
      localName === 'input' &&
      !pressed.has(type) &&
      form === event.currentTarget &&
      form.querySelector(submitButton) === null
    )
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
