import type { Meta, StoryObj } from '@storybook/react-vite'
import { Channel, Chat, Streami18n } from 'stream-chat-react'
import 'stream-chat-react/dist/css/index.css'
import { expect } from 'storybook/test'
import type { StoryLinq } from '../createStoryLinq.js'
import { Stage } from '../Stage.js'
import { createOfflineChannel, type OfflineChannel } from './createOfflineChannel.js'
import { kitInStage, type KitInputProps } from './kitInStage.js'
import type { StoryArgs } from '../StoryArgs.js'
import { playKit, playNotSent } from './playKit.js'
import { showCode } from './showCode.js'
import { StreamChatInput } from './StreamChatInput.js'
import code from './StreamChatInput.tsx?raw'

const inStage = kitInStage(StreamChatInput)

const translations = new Streami18n()
// An advertisement, printed once.
Object.assign(translations.i18nextConfig, { showSupportNotice: false })

/** Stream’s message composer passes `inputProps` to its textarea. Its own typing events are switched off. */
const meta = {
  title: 'In other kits/Stream Chat',
  component: StreamChatInput,
  ...inStage,
  loaders: [...inStage.loaders, () => ({ stream: createOfflineChannel() })],
  render: (_args, { loaded }) => {
    const { linq, stream } = loaded as { linq: StoryLinq; stream: OfflineChannel }
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches
    return (
      <Stage linq={linq}>
        <Chat
          client={stream.client}
          i18nInstance={translations}
          theme={isDark ? 'str-chat__theme-dark' : 'str-chat__theme-light'}
        >
          <Channel channel={stream.channel}>
            <StreamChatInput chatId={linq.chatId} onSend={linq.send} />
          </Channel>
        </Chat>
      </Stage>
    )
  },
} satisfies Meta<typeof StreamChatInput>

export default meta

type Story = StoryObj<StoryArgs<KitInputProps>>

export const Composing: Story = {
  parameters: showCode(code),
  play: async (context) => {
    await playKit(context)
    await expect((context.loaded as { stream: OfflineChannel }).stream.asked).toEqual([])
  },
}

export const NotSent: Story = {
  args: { messages: 'refused' },
  parameters: showCode(code, 'hidden'),
  play: playNotSent,
}
