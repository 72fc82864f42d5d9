import type { Meta, StoryObj } from '@storybook/react-vite'
import { ComposeBox, type ComposeBoxProps } from 'react-linq-typing'
import { expect } from 'storybook/test'
import { composeBoxArgTypes } from './composeArgTypes.js'
import { inStage, loadLinq } from './onStage.js'
import { setOnline } from './setOnline.js'
import type { StoryArgs } from './StoryArgs.js'
import { wait } from './wait.js'

/** If Linq, the network or the proxy refuses a call, typing goes quiet. Messages still go out. */
const meta = {
  title: 'When it fails',
  component: ComposeBox,
  args: {
    chatId: null,
    onSend: () => undefined,
    onSendError: () => undefined,
    placeholder: 'Write a message',
  },
  argTypes: composeBoxArgTypes,
  loaders: [loadLinq],
  decorators: [inStage],
  render: (args, { linq }) => <ComposeBox {...args} chatId={linq.chatId} onSend={linq.send} />,
} satisfies Meta<StoryArgs<ComposeBoxProps>>

export default meta

type Story = StoryObj<typeof meta>

/** After a 429 no start is sent until the wait is over. Then the next key starts. */
export const RateLimited: Story = {
  parameters: {
    linq: {
      network: ({ id }) => (id === 1 ? { answer: { status: 429, code: 1007, retryAfter: 5 } } : undefined),
    },
  },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Slow')
    await expect(await canvas.findByText(/429, too many calls: no start for another/)).toBeVisible()
    await userEvent.type(field, ' down')
    await expect(phone).toHaveBeenCalledFor({ start: 1 })
    await expect(phone).toHaveSeenBubbles([])
    await wait(5_200)
    await userEvent.type(field, ', please')
    await expect(phone).toSeeTyping()
    await expect(phone).toHaveBeenCalledFor({ start: 2 })
  },
}

/** A group that refuses typing gets one call. Messages still go out. */
export const AGroupThatRefuses: Story = {
  parameters: { linq: { chat: { isGroup: true } } },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Hello')
    await expect(await canvas.findByText(/403, this chat refuses typing/)).toBeVisible()
    await userEvent.type(field, ' everyone{Enter}')
    await expect(phone).toSeeMessage('Hello everyone')
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 0, message: 1 })
    await expect(phone).toHaveSeenBubbles([])
  },
}

/** Offline, a call fails. Back online, the stop follows by itself; a start needs a new key. */
export const OfflineAndBack: Story = {
  beforeEach: () => () => setOnline(true),
  play: async ({ canvas, phone, userEvent, args: { idleTimeout = 0 } }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'In the tunnel')
    await expect(phone).toSeeTyping()
    setOnline(false)
    await wait(idleTimeout + 500)
    await expect(phone).toHaveSeenBubbles(['on'])
    setOnline(true)
    await expect(phone).toHaveSeenBubbles(['stop'])

    setOnline(false)
    await userEvent.type(field, ', again')
    await expect(await canvas.findByText(/The device is offline: no start for another/)).toBeVisible()
    setOnline(true)
    await wait(2_500)
    await expect(phone).toHaveSeenBubbles(['stop'])
    await userEvent.type(field, ' and out')
    await expect(phone).toHaveSeenBubbles(['stop', 'on'])
  },
}

/** A message that isn’t sent comes back into the box. Nobody types on, so the bubble goes off. */
export const FailedSend: Story = {
  args: { messages: 'refused' },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Do not lose me')
    await expect(phone).toSeeTyping()
    await userEvent.keyboard('{Enter}')
    await expect(await canvas.findByText(/was not sent/)).toBeVisible()
    await expect(field).toHaveValue('Do not lose me')
    await expect(phone).toSeeNobodyTyping()
    await expect(phone).toHaveBeenCalledFor({ message: 1 })
    await wait(1_000)
    await expect(phone).not.toSeeMessage('Do not lose me')
  },
}

/** A start whose answer is lost may have landed, so a stop follows when nobody is composing any more. */
export const LostAnswers: Story = {
  args: { idleTimeout: 9_000, lifetime: 20_000 },
  parameters: { linq: { network: ({ id }) => (id === 1 ? { down: 'lost' } : undefined) } },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Hello?')
    await expect(phone).toSeeTyping()
    await expect(canvas.getByLabelText('Status')).toHaveTextContent(/starting/)
    await wait(5_000)
    await expect(await canvas.findByText(/The answer took too long/)).toBeVisible()
    await wait(4_000)
    await expect(phone).toHaveSeenBubbles(['stop'])
    await expect(phone).toHaveBeenCalledFor({ start: 1, stop: 1 })
  },
}

/** After a server error, a later key tries again. Nothing retries in a loop. */
export const ServerError: Story = {
  args: { answers: '500' },
  play: async ({ canvas, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Are you')
    await expect(await canvas.findByText(/500, the server failed: no start/)).toBeVisible()
    await expect(await canvas.findByText(/Others may not see you typing/)).toBeVisible()
    await wait(2_200)
    await expect(phone).toHaveBeenCalledFor({ start: 1 })
    await userEvent.type(field, ' there?{Enter}')
    await expect(phone).toSeeMessage('Are you there?')
    await expect(phone).toHaveBeenCalledFor({ start: 2, message: 1 })
  },
}

/** Linq accepts typing in an SMS chat, but the phone shows nothing. Accepted doesn’t mean shown. */
export const AcceptedNeverShown: Story = {
  parameters: { linq: { chat: { service: 'SMS' } } },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'By text message')
    await expect(await canvas.findByText(/A start was accepted/)).toBeVisible()
    await expect(phone).toHaveBeenCalledFor({ start: 1 })
    await expect(phone).toHaveSeenBubbles([])
  },
}

/** The page calls `/api/linq`, where `createTypingProxy` runs, and holds no token. */
export const ThroughTheProxy: Story = {
  parameters: { linq: { proxy: {} } },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Through the proxy')
    await expect(phone).toSeeTyping()
    await userEvent.keyboard('{Enter}')
    await expect(phone).toHaveSeenBubbles(['message'])
  },
}

/** `authorize` says that nobody is signed in. The page gets a 401, and all its chats wait. Linq gets no call. */
export const NobodySignedIn: Story = {
  parameters: { linq: { proxy: { authorize: () => 'unauthorized' } } },
  play: async ({ canvas, linq, phone, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Hello')
    await expect(await canvas.findByText(/401, the caller is not signed in: no start/)).toBeVisible()
    await userEvent.type(field, ', is anybody there?')
    await expect(
      await canvas.findByText(/401, the caller is not signed in: the next key after the wait/),
    ).toBeVisible()
    await expect(linq.calls().map(({ status }) => status)).toEqual([401])
    await expect(phone).toHaveBeenCalledFor({ start: 0 })
  },
}

/** Linq refuses the server’s token. The page gets a 502, not a 401, because its user is signed in. */
export const WrongToken: Story = {
  parameters: { linq: { proxy: { token: 'an-old-token' } } },
  play: async ({ canvas, linq, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Hello')
    await expect(
      await canvas.findByText(/502, you are signed in, but Linq refused the server’s token: no start/),
    ).toBeVisible()
    await expect(linq.calls().map(({ status }) => status)).toEqual([502])
    await expect(linq.emulator.calls.map(({ status }) => status)).toEqual([401])
    await expect(phone).toHaveSeenBubbles([])
  },
}

/** `authorize` says no. The page gets a 404, as for a chat that doesn’t exist. Linq gets no call. */
export const NotYourChat: Story = {
  parameters: { linq: { proxy: { authorize: () => false } } },
  play: async ({ canvas, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Hello')
    await expect(await canvas.findByText(/404, there is no such chat, or it is not yours/)).toBeVisible()
    await expect(phone).toHaveBeenCalledFor({ start: 0 })
  },
}

/**
 * The proxy refuses pages of another origin with a 403 and the reason `server`. The chat itself refused nothing, so it
 * doesn’t become `unavailable`.
 */
export const RefusedOrigin: Story = {
  parameters: { linq: { proxy: { page: 'foreign' } } },
  play: async ({ canvas, linq, phone, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'From elsewhere')
    await expect(
      await canvas.findByText(/403, the proxy takes no calls from this page’s origin, in any chat/),
    ).toBeVisible()
    await expect(canvas.getByLabelText('Status')).not.toHaveTextContent(/unavailable/)
    await expect(linq.calls().map(({ status }) => status)).toEqual([403])
    await expect(phone).toHaveBeenCalledFor({ start: 0 })
  },
}
