import { expect, waitFor } from 'storybook/test'

/**
 * Waits until the hook has the answer to its start. The bubble is on before that: whoever sends in between makes the hook
 * stop it afterwards, for the start may have come later than the message.
 */
export function becomesActive(canvasElement: HTMLElement): Promise<void> {
  return waitFor(() => expect(canvasElement.querySelector('[data-status="active"]')).not.toBeNull())
}
