import type { ComponentProps, SyntheticEvent } from 'react'

/** Inputs in which Enter presses something, and submits no form by itself. */
const pressed = new Set(['button', 'color', 'file', 'image', 'reset', 'submit'])

/** Enter, as long as it may submit the form by itself. */
let enter: Event | null = null

/**
 * Props that keep what is in a slot from submitting the box's form. `requestSubmit()` without a submitter comes from the host,
 * and sends.
 */
export const ignoreSlotSubmits: Required<Pick<ComponentProps<'form'>, 'onSubmit' | 'onKeyPressCapture'>> = {
  onSubmit(event) {
    if (event.target !== event.currentTarget || hasOwnAction(event)) return
    // While the key's own listeners run, it is one of them that asks the form to submit.
    if (submitterOf(event) !== null || enter?.eventPhase === Event.NONE) event.preventDefault()
  },
  // Safari before 16.4 looks past a button that is disabled, and submits the form without one.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only event between a key and its submit
  onKeyPressCapture(event) {
    const { localName, type, form } = event.target as HTMLInputElement
    if (
      event.key !== 'Enter' ||
      !event.isTrusted ||
      localName !== 'input' ||
      pressed.has(type) ||
      form !== event.currentTarget
    )
      return
    enter = event.nativeEvent
    setTimeout(() => {
      enter = null
    })
  },
}

function submitterOf({ nativeEvent }: SyntheticEvent): HTMLElement | null {
  return (nativeEvent as Partial<SubmitEvent>).submitter ?? null
}

/** Whether the button that submits has an action of its own, `formAction`, which has nothing to do with the message. */
export function hasOwnAction(event: SyntheticEvent): boolean {
  return submitterOf(event)?.hasAttribute('formaction') === true
}
