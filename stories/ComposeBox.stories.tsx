import type { Meta, StoryObj } from '@storybook/react-vite'
import { ComposeBox, type ComposeBoxProps } from 'react-linq-typing'
import { expect } from 'storybook/test'
import { composeBoxArgTypes } from './composeArgTypes.js'
import { startComposition } from './composeText.js'
import { NotesAndReplies } from './NotesAndReplies.js'
import { becomesActive } from './becomesActive.js'
import { inStage, loadLinq } from './onStage.js'
import { unhurried } from './StageSettings.js'
import type { StoryArgs } from './StoryArgs.js'
import { TwoInputs } from './TwoInputs.js'
import { wait } from './wait.js'

/** A message box, and beside it the recipient’s phone. Between them is an emulated Linq, inside the page. */
const meta = {
  title: 'ComposeBox',
  component: ComposeBox,
  args: { chatId: null, onSend: () => undefined, placeholder: 'Write a message' },
  argTypes: composeBoxArgTypes,
  loaders: [loadLinq],
  decorators: [inStage],
  render: (args, { linq }) => <ComposeBox {...args} chatId={linq.chatId} onSend={linq.send} />,
} satisfies Meta<StoryArgs<ComposeBoxProps>>

export default meta

type Story = StoryObj<typeof meta>

export const Empty: Story = {
  play: async ({ canvas, phone }) => {
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true')
    await expect(canvas.getByLabelText('Status')).toHaveTextContent(/nothing to announce/)
    await expect(phone).toHaveBeenCalledFor({ start: 0, stop: 0, message: 0 })
  },
}

/** The first key turns the bubble on. Emptying the box turns it off again. */
export const FirstKey: Story = {
  args: unhurried,
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(field, 'Yes, and')
    await expect(phone).toSeeTyping()
    await expect(await canvas.findByText(/keys need no call/)).toBeVisible()
    await userEvent.clear(field)
    await expect(phone).toSeeNobodyTyping({ within: 8_000 })
    await userEvent.type(field, 'Yes, and it is as good as new')
    await expect(phone).toHaveSeenBubbles(['stop', 'on'])
    await expect(phone).toHaveBeenCalledFor({ start: 2, stop: 1 })
  },
}

/** On a slow network the bubble comes late. Until then the status is `starting`. */
export const SlowNetwork: Story = {
  args: { answers: 'slow' },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'A moment')
    await expect(canvas.getByLabelText('Status')).toHaveTextContent(/starting A start is on its way/)
    await expect(phone).toSeeTyping()
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 0 })
  },
}

/** The message clears the bubble, so no stop is sent. */
export const Sent: Story = {
  play: async ({ canvas, canvasElement, phone, userEvent, args: { idleTimeout = 0 } }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'It is ready.')
    await expect(phone).toSeeTyping()
    await becomesActive(canvasElement)
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await expect(phone).toSeeMessage('It is ready.')
    await wait(idleTimeout)
    await expect(phone).toHaveSeenBubbles(['message'])
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 0, message: 1 })
  },
}

/** The start arrives after its message, so one stop turns its late bubble off. */
export const SentWhileAStartWasOnItsWay: Story = {
  args: { latency: 1_000 },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Ok{Enter}')
    await expect(phone).toSeeMessage('Ok')
    await expect(phone).toSeeTyping()
    await expect(phone).toHaveSeenBubbles(['stop'])
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 1, message: 1 })
  },
}

/** Typing on after a send starts at once. It starts once more after the delivery, because the message clears the bubble. */
export const TypingOverAfterASend: Story = {
  args: unhurried,
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'It is ready.{Enter}')
    await userEvent.type(field, 'And it is')
    await expect(phone).toSeeMessage('It is ready.')
    await wait(500)
    await userEvent.type(field, ' as good as new')
    await expect(phone).toHaveSeenBubbles(['message', 'on'])
    await expect(phone).toHaveBeenCalledFor({ start: 3, stop: 0, message: 1 })
    await expect(field).toHaveValue('And it is as good as new')
  },
}

/** Two boxes on one chat share one bubble. It goes off when both are empty. */
export const TwoInputsOnOneChat: Story = {
  args: unhurried,
  render: (args, { linq }) => <TwoInputs {...args} chatId={linq.chatId} onSend={linq.send} />,
  play: async ({ canvas, phone, userEvent }) => {
    const [one, other] = [/^Message$/, /panel/].map((name) => canvas.getByRole('textbox', { name }))
    if (!one || !other) throw new Error('There are not two boxes.')
    await userEvent.type(one, 'Here')
    await userEvent.type(other, 'and there')
    await expect(phone).toSeeTyping()
    await userEvent.clear(one)
    await wait(500)
    await expect(phone).toHaveSeenBubbles(['on'])
    await userEvent.clear(other)
    await expect(phone).toHaveSeenBubbles(['stop'], { within: 8_000 })
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 1 })
  },
}

/** Turning a reply into a private note turns the bubble off. Typing in a note isn’t announced. */
export const PrivateNote: Story = {
  args: unhurried,
  render: (args, { linq }) => <NotesAndReplies {...args} chatId={linq.chatId} onSend={linq.send} />,
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'She asked')
    await expect(phone).toSeeTyping()
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Private note' }))
    await expect(phone).toSeeNobodyTyping({ within: 8_000 })
    await userEvent.type(field, ' for a discount{Enter}')
    await wait(500)
    await expect(field).toHaveValue('')
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 1, message: 0 })
  },
}

/** Composing syllables counts as typing. The Enter that ends the composition sends nothing; the next one does. */
export const KoreanIME: Story = {
  args: { lang: 'ko', label: '메시지', labels: { send: '보내기' }, placeholder: '메시지 쓰기' },
  parameters: { linq: { greeting: '안녕하세요! 준비됐나요?' } },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole<HTMLTextAreaElement>('textbox')
    const { compose, enter } = await startComposition(field)
    for (const text of ['ㄴ', '네', '넵']) await compose(text)
    await expect(phone).toSeeTyping()
    await enter()
    await expect(field).toHaveValue('넵')
    await expect(phone).toHaveBeenCalledFor({ message: 0 })
    await userEvent.keyboard('{Enter}')
    await expect(field).toHaveValue('')
    await expect(phone).toSeeMessage('넵')
    await expect(phone).toHaveBeenCalledFor({ start: 1, message: 1 })
  },
}

export const RightToLeft: Story = {
  args: { dir: 'rtl', lang: 'ar', label: 'رسالة', labels: { send: 'إرسال' }, placeholder: 'اكتب رسالة' },
  parameters: { linq: { greeting: 'مرحبا، هل هي جاهزة؟' } },
  render: (args, { linq }) => (
    <div dir="rtl">
      <ComposeBox {...args} chatId={linq.chatId} onSend={linq.send} />
    </div>
  ),
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox', { name: 'رسالة' })
    const button = canvas.getByRole('button', { name: 'إرسال' })
    await expect(button.getBoundingClientRect().right).toBeLessThan(field.getBoundingClientRect().right)
    await userEvent.type(field, 'نعم، تفضل متى شئت')
    await expect(phone).toSeeTyping()
    await userEvent.keyboard('{Enter}')
    await expect(phone).toSeeMessage('نعم، تفضل متى شئت')
  },
}

/** Everything fits on a phone, and nothing scrolls sideways. */
export const PhoneWidth: Story = {
  globals: { viewport: { value: 'phone' } },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'On the way to you, with the bike')
    await expect(phone).toSeeTyping()
    const { scrollWidth, clientWidth } = document.documentElement
    // Opened alone, a story is as wide as its window.
    if (import.meta.env.MODE === 'test') await expect(clientWidth).toBeLessThanOrEqual(390)
    await expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
  },
}

/** The box grows with its text up to eight lines, and then scrolls. */
export const LongText: Story = {
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    const lines = Array.from({ length: 10 }, (_, index) => `${index + 1}. A line of a long answer`)
    field.focus()
    await userEvent.paste(lines.join('\n'))
    await expect(phone).toSeeTyping()
    await expect(phone).toHaveBeenCalledFor({ start: 1 })
    const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(field)
    const padding = parseFloat(paddingBlockStart) + parseFloat(paddingBlockEnd)
    await expect((field.clientHeight - padding) / parseFloat(lineHeight)).toBeCloseTo(8)
    await expect(field.scrollHeight).toBeGreaterThan(field.clientHeight)
  },
}

/** Nothing is cut. A text that is too long stays, and can’t be sent until it is shorter. */
export const OverTheLimit: Story = {
  args: { maxLength: 20 },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'It is as good as new.{Enter}')
    await expect(await canvas.findByText(/Over the limit of 20/)).toBeVisible()
    await expect(field).toHaveValue('It is as good as new.')
    await expect(phone).toHaveBeenCalledFor({ start: 1, message: 0 })
    await userEvent.keyboard('{Backspace}{Enter}')
    await expect(phone).toSeeMessage('It is as good as new')
  },
}

export const Disabled: Story = {
  args: { disabled: true },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Nothing')
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await expect(phone).toHaveBeenCalledFor({ start: 0, stop: 0, message: 0 })
  },
}
