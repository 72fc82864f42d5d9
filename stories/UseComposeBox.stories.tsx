import type { Meta, StoryObj } from '@storybook/react-vite'
import type { UseComposeBoxOptions } from 'react-linq-typing'
import { expect, waitFor } from 'storybook/test'
import { becomesActive } from './becomesActive.js'
import { useComposeBoxArgTypes } from './composeArgTypes.js'
import { inStage, loadLinq } from './onStage.js'
import { OwnMarkup } from './OwnMarkup.js'
import type { StoryArgs } from './StoryArgs.js'

/** `useComposeBox` is the behaviour of the message box, for your own markup. */
const meta = {
  title: 'useComposeBox',
  component: OwnMarkup,
  args: { chatId: null, onSend: () => undefined, onSendError: () => undefined, maxLength: 160 },
  argTypes: useComposeBoxArgTypes,
  loaders: [loadLinq],
  decorators: [inStage],
  render: (args, { linq }) => <OwnMarkup {...args} chatId={linq.chatId} onSend={linq.send} />,
} satisfies Meta<StoryArgs<UseComposeBoxOptions>>

export default meta

type Story = StoryObj<typeof meta>

/** The first key turns the bubble on. Enter sends, and the message clears the bubble. */
export const OwnMarkupAndSend: Story = {
  play: async ({ canvas, canvasElement, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'It is ready.')
    await expect(phone).toSeeTyping()
    await becomesActive(canvasElement)
    await userEvent.keyboard('{Enter}')
    await expect(field).toHaveValue('')
    await expect(phone).toSeeMessage('It is ready.')
    await expect(phone).toHaveSeenBubbles(['message'])
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 0, message: 1 })
  },
}

/** `insertText` counts as an edit. An emoji from a tool turns the bubble on and focuses the field. */
export const InsertedEmoji: Story = {
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Insert 🎉' }))
    await expect(canvas.getByRole('textbox')).toHaveValue('🎉')
    await expect(canvas.getByRole('textbox')).toHaveFocus()
    await expect(phone).toSeeTyping()
  },
}

/** `setText` doesn’t count as an edit. A ready-made reply announces nothing until somebody changes it. */
export const QuickReply: Story = {
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Quick reply' }))
    await expect(canvas.getByRole('textbox')).toHaveValue('Thank you, it is ready.')
    await userEvent.click(canvas.getByRole('button', { name: 'Send it' }))
    await expect(phone).toSeeMessage('Thank you, it is ready.')
    await expect(phone).toHaveBeenCalledFor({ start: 0, stop: 0, message: 1 })
    await expect(phone).toHaveSeenBubbles([])

    await userEvent.click(canvas.getByRole('button', { name: 'Quick reply' }))
    await userEvent.type(canvas.getByRole('textbox'), ' See you.')
    await expect(phone).toSeeTyping()
  },
}

/** If you type on while a send fails, you keep both texts. `putBack` puts the first before the second. */
export const FailedSendTypedOn: Story = {
  args: { messages: 'refused' },
  play: async ({ canvas, linq: { emulator }, phone, userEvent }) => {
    const { network } = emulator
    let refuse: () => void = () => undefined
    const refusal = new Promise<void>((resolve) => (refuse = resolve))
    emulator.network = (call) => ({ ...network?.(call), ...(call.action === 'message' && { up: refusal }) })

    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'First{Enter}Second')
    refuse()
    emulator.network = network
    await userEvent.click(await canvas.findByRole('button', { name: 'Put it back' }))
    await waitFor(() => expect(field).toHaveValue('First\nSecond'))
    await expect(phone).toHaveBeenCalledFor({ message: 1 })
    await expect(phone).toHaveSeenBubbles(['stop'])
    await expect(phone).not.toSeeMessage('First')
  },
}
