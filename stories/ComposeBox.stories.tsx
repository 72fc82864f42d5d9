import type { Meta, StoryObj } from '@storybook/react-vite'
import { ComposeBox } from 'react-linq-typing'
import { expect, waitFor } from 'storybook/test'
import { createStoryLinq, type StoryLinq, type StoryLinqOptions } from './createStoryLinq.js'
import { Stage } from './Stage.js'

/** A message box beside the phone of whoever it writes to; between them an emulated Linq, in the page. */
const meta = {
  component: ComposeBox,
  // The chat and its sending are each story's own.
  args: { chatId: null, onSend: () => undefined, placeholder: 'Write a message' },
  argTypes: { chatId: { control: false }, onSend: { control: false } },
  parameters: { linq: {} satisfies StoryLinqOptions },
  loaders: [({ parameters }) => ({ linq: createStoryLinq(parameters.linq as StoryLinqOptions) })],
  render: (args, { loaded }) => {
    const linq = linqOf(loaded)
    return (
      <Stage linq={linq}>
        <ComposeBox {...args} chatId={linq.chatId} onSend={linq.send} />
      </Stage>
    )
  },
} satisfies Meta<typeof ComposeBox>

export default meta

type Story = StoryObj<typeof meta>

function linqOf(loaded: Record<string, unknown>): StoryLinq {
  return loaded.linq as StoryLinq
}

/** Whether the box says that typing has this status. */
async function expectStatus(canvasElement: HTMLElement, status: string): Promise<void> {
  await waitFor(() =>
    expect(canvasElement.querySelector(`[data-typing='${status}'] textarea`)).not.toBeNull(),
  )
}

export const Empty: Story = {
  play: async ({ canvas, loaded }) => {
    const linq = linqOf(loaded)
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true')
    await expect(linq.emulator.calls).toHaveLength(0)
    await expect(linq.sees()).toBe(false)
  },
}

/** The first key puts the bubble on; emptying the box takes it off again. */
export const Typing: Story = {
  play: async ({ canvas, loaded, userEvent }) => {
    const linq = linqOf(loaded)
    const field = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(field, 'Yes, and')
    await waitFor(() => expect(linq.sees()).toBe(true))
    await expect(linq.count('start')).toBe(1)
    await expect(await canvas.findByText(/is typing/)).toBeInTheDocument()

    await userEvent.clear(field)
    await waitFor(() => expect(linq.sees()).toBe(false))
    await expect(linq.count('stop')).toBe(1)

    await userEvent.type(field, 'Yes, and it is as good as new')
    await waitFor(() => expect(linq.sees()).toBe(true))
  },
}

/** On a slow network the bubble comes late, and the box says so to whoever asks: `starting`. */
export const StartingOnSlowNetwork: Story = {
  parameters: { linq: { network: () => ({ up: 1_000, down: 1_000 }) } satisfies StoryLinqOptions },
  play: async ({ canvas, canvasElement, loaded, userEvent }) => {
    const linq = linqOf(loaded)
    await userEvent.type(canvas.getByRole('textbox'), 'A moment')
    await expectStatus(canvasElement, 'starting')
    await expect(linq.sees()).toBe(false)
    await waitFor(() => expect(linq.sees()).toBe(true), { timeout: 3_000 })
    await expect(linq.count('start')).toBe(1)
  },
}

/** The message takes the bubble with it: no stop is sent. */
export const Sent: Story = {
  play: async ({ canvas, loaded, userEvent }) => {
    const linq = linqOf(loaded)
    await userEvent.type(canvas.getByRole('textbox'), 'It is ready.')
    await waitFor(() => expect(linq.sees()).toBe(true))
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await waitFor(() => expect(linq.sees()).toBe(false), { timeout: 3_000 })
    await expect(linq.emulator.timeline(linq.chatId).at(-1)?.endedBy).toBe('message')
    await expect(await canvas.findByText('It is ready.')).toBeInTheDocument()
    await expect(linq.count('stop')).toBe(0)
  },
}

/** A message that was not sent gives its text back. */
export const FailedSend: Story = {
  parameters: {
    linq: {
      network: ({ action }) => (action === 'message' ? { answer: { status: 500, code: 3001 } } : undefined),
    } satisfies StoryLinqOptions,
  },
  play: async ({ canvas, loaded, userEvent }) => {
    const linq = linqOf(loaded)
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Do not lose me{Enter}')
    await expect(await canvas.findByText(/was not sent/)).toBeVisible()
    await expect(field).toHaveValue('Do not lose me')
    await expect(linq.emulator.messages(linq.chatId)).toHaveLength(1)
  },
}

/** A group that refuses typing is asked once, and messages still go out. */
export const Unavailable: Story = {
  parameters: { linq: { chat: { isGroup: true } } satisfies StoryLinqOptions },
  play: async ({ canvas, canvasElement, loaded, userEvent }) => {
    const linq = linqOf(loaded)
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Hello')
    await expectStatus(canvasElement, 'unavailable')
    await userEvent.type(field, ' everyone{Enter}')
    await waitFor(() => expect(linq.count('message')).toBe(1))
    await expect(linq.count('start')).toBe(1)
    await expect(linq.emulator.timeline(linq.chatId)).toHaveLength(0)
  },
}

/** After a 429 nothing is sent until its wait is over. */
export const RateLimited: Story = {
  parameters: {
    linq: {
      network: ({ action }) =>
        action === 'start' ? { answer: { status: 429, code: 1007, retryAfter: 30 } } : undefined,
    } satisfies StoryLinqOptions,
  },
  play: async ({ canvas, canvasElement, loaded, userEvent }) => {
    const linq = linqOf(loaded)
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Slow')
    await expectStatus(canvasElement, 'waiting')
    await userEvent.type(field, ' down, please')
    await expect(linq.count('start')).toBe(1)
    await expect(linq.sees()).toBe(false)
  },
}

export const Disabled: Story = {
  args: { disabled: true },
  play: async ({ canvas, loaded, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Nothing')
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await expect(linqOf(loaded).emulator.calls).toHaveLength(0)
  },
}

export const RightToLeft: Story = {
  args: { dir: 'rtl', lang: 'ar', label: 'رسالة', labels: { send: 'إرسال' }, placeholder: 'اكتب رسالة' },
  parameters: { linq: { greeting: 'مرحبا، هل هي جاهزة؟' } satisfies StoryLinqOptions },
  render: (args, { loaded }) => {
    const linq = linqOf(loaded)
    return (
      <Stage linq={linq}>
        <div dir="rtl">
          <ComposeBox {...args} chatId={linq.chatId} onSend={linq.send} />
        </div>
      </Stage>
    )
  },
  play: async ({ canvas, loaded, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox', { name: 'رسالة' }), 'نعم، تفضل متى شئت')
    await waitFor(() => expect(linqOf(loaded).sees()).toBe(true))
  },
}

/** The box grows with its text to eight lines, and scrolls from there. */
export const LongText: Story = {
  play: async ({ canvas, loaded, userEvent }) => {
    const linq = linqOf(loaded)
    const field = canvas.getByRole('textbox')
    const lines = Array.from({ length: 10 }, (_, index) => `${index + 1}. A line of a long answer`)
    field.focus()
    await userEvent.paste(lines.join('\n'))
    await waitFor(() => expect(linq.sees()).toBe(true))
    await expect(linq.count('start')).toBe(1)
    await expect(field.scrollHeight).toBeGreaterThan(field.clientHeight)
  },
}
