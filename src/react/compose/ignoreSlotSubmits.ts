import type { ComponentProps, SyntheticEvent } from 'react'

/**
 * Props that keep a slot from submitting the box's form: a button without a type doesn't, nor does Enter in an input.
 * `requestSubmit()` without a submitter comes from the host, and sends.
 */
export const ignoreSlotSubmits: Required<Pick<ComponentProps<'form'>, 'onSubmit' | 'onKeyPress'>> = {
  onSubmit(event) {
    if (event.target === event.currentTarget && submitterOf(event) !== null && !hasOwnAction(event))
      event.preventDefault()
  },
  // The submit event that follows looks just like one from requestSubmit().
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only event between a key and its submit
  onKeyPress(event) {
    const target = event.target as HTMLInputElement
    const form = event.currentTarget
    if (event.key !== 'Enter' || event.isDefaultPrevented() || target.form !== form || !submits(target))
      return
    event.preventDefault()
    // Clicked as the browser would, so that the host's handlers run.
    // The form's own list of its elements leaves out image buttons.
    for (const button of form.querySelectorAll<HTMLButtonElement>('button,input'))
      if (/^(submit|image)$/.test(button.type) && button.form === form) {
        button.click()
        return
      }
  },
}

function submitterOf({ nativeEvent }: SyntheticEvent): HTMLElement | null {
  return (nativeEvent as Partial<SubmitEvent>).submitter ?? null
}

/** Whether the button that submits has an action of its own, `formAction`, which has nothing to do with the message. */
export function hasOwnAction(event: SyntheticEvent): boolean {
  return submitterOf(event)?.hasAttribute('formaction') === true
}

const pressed = new Set(['button', 'color', 'file', 'image', 'reset', 'submit'])

/** Whether Enter submits the form of this element, rather than pressing it or breaking a line. */
function submits({ localName, type }: HTMLInputElement): boolean {
  return localName === 'select' || (localName === 'input' && !pressed.has(type))
}
