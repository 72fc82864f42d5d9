import type { ComponentProps } from 'react'

/**
 * Props for the form of a box with slots, so that what stands in a slot submits nothing: no button that was left without a
 * type, and no Enter in an input. `requestSubmit()` without a submitter is the host's own, and sends.
 */
export const slotSubmits: Required<Pick<ComponentProps<'form'>, 'onSubmit' | 'onKeyPress'>> = {
  onSubmit(event) {
    const { submitter } = event.nativeEvent as Partial<SubmitEvent>
    if (event.target === event.currentTarget && submitter != null) event.preventDefault()
  },
  // Nothing in the submit that would follow tells it from requestSubmit().
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the one event between a key and what it submits
  onKeyPress(event) {
    const target = event.target as HTMLInputElement
    const form = event.currentTarget
    if (event.key !== 'Enter' || event.isDefaultPrevented() || target.form !== form || !submits(target))
      return
    event.preventDefault()
    // As the browser would: its handlers are the host's.
    const button = [...form.elements].find((element) => (element as HTMLButtonElement).type === 'submit')
    if (button !== undefined) (button as HTMLButtonElement).click()
  },
}

const pressed = new Set(['button', 'color', 'file', 'image', 'reset', 'submit'])

/** Whether Enter submits the form of this element, rather than pressing it or breaking a line. */
function submits({ localName, type }: HTMLInputElement): boolean {
  return localName === 'select' || (localName === 'input' && !pressed.has(type))
}
