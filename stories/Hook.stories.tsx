import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, spyOn } from 'storybook/test'
import { HookedTextarea, type HookedTextareaProps } from './HookedTextarea.js'
import { inStage, loadLinq } from './onStage.js'
import { unhurried } from './StageSettings.js'
import type { StoryArgs } from './StoryArgs.js'
import { wait } from './wait.js'

/** `useTypingIndicator` on a bare `<textarea>`. It only announces typing, for any input. */
const meta = {
  title: 'Hook',
  component: HookedTextarea,
  args: { chatId: null },
  argTypes: { chatId: { control: false } },
  loaders: [loadLinq],
  decorators: [inStage],
  render: (args, { linq }) => <HookedTextarea {...args} chatId={linq.chatId} />,
} satisfies Meta<StoryArgs<HookedTextareaProps>>

export default meta

type Story = StoryObj<typeof meta>

/** The first key makes one call, and the next ones make none. */
export const FirstKey: Story = {
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Y')
    await expect(phone).toSeeTyping()
    await userEvent.type(canvas.getByRole('textbox'), 'es, it is')
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 0 })
    await expect(phone).toHaveSeenBubbles(['on'])
  },
}

/** A pause shorter than the idle timeout leaves the bubble on. A longer one turns it off until the next key. */
export const ThinkingPause: Story = {
  args: { idleTimeout: 4_000, lifetime: 12_000 },
  play: async ({ canvas, phone, userEvent, args: { idleTimeout = 0 } }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Let me see')
    await expect(phone).toSeeTyping()
    await wait(idleTimeout / 2)
    await userEvent.type(field, '…')
    await expect(phone).toHaveSeenBubbles(['on'])
    await wait(idleTimeout)
    await expect(phone).toSeeNobodyTyping()
    await userEvent.type(field, ' yes')
    await expect(phone).toHaveSeenBubbles(['stop', 'on'])
    await expect(phone).toHaveBeenCalledFor({ start: 2, stop: 1 })
  },
}

/** Typing for longer than the refresh interval starts again, before the bubble runs out. */
export const LongMessage: Story = {
  args: { idleTimeout: 4_000, lifetime: 12_000 },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    for (const words of [
      'It took ',
      'all of ',
      'two weeks, ',
      'and then ',
      'some more, ',
      'but now ',
      'it ',
    ]) {
      await userEvent.type(field, words)
      await wait(900)
    }
    await userEvent.type(field, 'is ready')
    await expect(phone).toHaveBeenCalledFor({ start: 2, stop: 0 })
    await expect(phone).toHaveSeenBubbles(['on'])
  },
}

/** Deleting everything turns the bubble off at once. */
export const Emptied: Story = {
  args: unhurried,
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'No')
    await expect(phone).toSeeTyping()
    await userEvent.clear(field)
    await expect(phone).toSeeNobodyTyping({ within: 8_000 })
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 1 })
  },
}

/** A tab in the background turns the bubble off. When it comes back, the next key starts. */
export const TabHidden: Story = {
  args: unhurried,
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'One moment')
    await expect(phone).toSeeTyping()
    setVisibility('hidden')
    await expect(phone).toSeeNobodyTyping({ within: 8_000 })
    setVisibility('visible')
    await wait(500)
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 1 })
    await userEvent.type(canvas.getByRole('textbox'), ', now')
    await expect(phone).toHaveSeenBubbles(['stop', 'on'])
  },
  beforeEach: () => () => {
    Reflect.deleteProperty(document, 'visibilityState')
    document.dispatchEvent(new Event('visibilitychange'))
  },
}

/** With `isTypingText`, a slash command doesn’t count as typing. */
export const SlashCommand: Story = {
  args: { isTypingText: (text) => !text.startsWith('/') },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, '/remind me')
    await expect(await canvas.findByText(/made no call/)).toBeVisible()
    await expect(phone).toHaveBeenCalledFor({ start: 0 })
    await userEvent.clear(field)
    await userEvent.type(field, 'Remind me')
    await expect(phone).toSeeTyping()
    await expect(phone).toHaveBeenCalledFor({ start: 1 })
  },
}

/** Typing is switched off for the whole app, as by a privacy setting. */
export const SwitchedOff: Story = {
  args: { enabled: false },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Nobody is to know')
    await expect(canvas.getByText(/Switched off/)).toBeVisible()
    await wait(500)
    await expect(phone).toHaveBeenCalledFor({ start: 0, stop: 0 })
  },
}

/** A chat that doesn’t exist yet has no id, so nothing is announced. */
export const NoChatYet: Story = {
  render: (args) => <HookedTextarea {...args} chatId={undefined} />,
  play: async ({ canvas, userEvent }) => {
    const fetch = spyOn(window, 'fetch')
    await userEvent.type(canvas.getByRole('textbox'), 'Hello, I am new here')
    await wait(500)
    // No call of any chat, and not of one named `undefined` either.
    await expect(fetch).not.toHaveBeenCalled()
  },
}

function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  document.dispatchEvent(new Event('visibilitychange'))
}
