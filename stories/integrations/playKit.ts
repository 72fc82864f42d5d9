import type { StoryContext } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { becomesActive } from '../becomesActive.js'
import type { StoryLinq } from '../createStoryLinq.js'
import { wait } from '../wait.js'

type KitContext = Pick<StoryContext, 'loaded' | 'canvasElement' | 'userEvent'>

/**
 * Composes, deletes, sends and goes on: one start for a sentence, a stop when it is deleted, the message takes the bubble
 * with it, and the next key brings it back.
 */
export async function playKit(context: KitContext): Promise<void> {
  const { linq } = context.loaded as { linq: StoryLinq }
  const press = await keyboard(context)
  const field = await focusField(context)
  const sees = (seen: boolean) => waitFor(() => expect(linq.sees()).toBe(seen))
  const expectCalls = (...actions: string[]) =>
    expect(linq.emulator.calls.map((call) => call.action)).toEqual(actions)

  await press('It is blue.')
  await sees(true)
  await expect(textOf(field)).toBe('It is blue.')
  await expectCalls('start')

  await press('{Control>}a{/Control}{Backspace}')
  await sees(false)
  await expect(textOf(field)).toBe('')
  await expectCalls('start', 'stop')

  await press('It is ready.')
  await sees(true)
  await becomesActive(context.canvasElement)
  await press('{Enter}')
  await sees(false)
  await waitFor(() => expect(textOf(field)).toBe(''))
  await expectCalls('start', 'stop', 'start', 'message')
  await expect(linq.emulator.messages(linq.chatId).at(-1)?.text).toBe('It is ready.')

  // Who did not hear that the message left takes the bubble to be on still.
  await press('As new')
  await sees(true)
}

/** A message that was not sent: its text is back in the field, a line says so, and the bubble goes off, for nobody goes on. */
export async function playNotSent(context: KitContext): Promise<void> {
  const { linq } = context.loaded as { linq: StoryLinq }
  const press = await keyboard(context)
  const field = await focusField(context)

  await press('Do not lose me')
  await waitFor(() => expect(linq.sees()).toBe(true))
  await becomesActive(context.canvasElement)
  await press('{Enter}')
  await waitFor(() => expect(linq.emulator.calls.map((call) => call.action)).toContain('message'))
  await waitFor(() => expect(textOf(field)).toBe('Do not lose me'))
  await waitFor(() => expect(linq.sees()).toBe(false))
  await expect(await within(context.canvasElement).findByRole('alert')).toHaveTextContent(/not sent/)
  // A text that is given back is no edit.
  await wait(500)
  await expect(linq.emulator.calls.map((call) => call.action)).toEqual(['start', 'message', 'stop'])
}

/** Presses keys: real ones where the tests run, the page's own imitation in Storybook. */
async function keyboard({ userEvent }: KitContext): Promise<(keys: string) => Promise<void>> {
  if (import.meta.env.MODE !== 'test') return (keys) => userEvent.keyboard(keys)
  const browser = await import('vitest/browser')
  return (keys) => browser.userEvent.keyboard(keys)
}

/** Puts the caret into the one field of our side, once it is there. */
async function focusField({ canvasElement }: KitContext): Promise<HTMLElement> {
  const field = await waitFor(() => {
    const found = canvasElement.querySelector<HTMLElement>(
      '.stage-compose :is(textarea:not([aria-hidden]), [contenteditable="true"])',
    )
    if (found === null) throw new Error('The kit shows no field to type into.')
    return found
  })
  field.focus()
  return field
}

function textOf(field: HTMLElement): string {
  return field instanceof HTMLTextAreaElement ? field.value : field.innerText.trim()
}
