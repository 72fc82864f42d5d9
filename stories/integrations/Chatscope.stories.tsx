import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatscopeInput } from './ChatscopeInput.js'
import code from './ChatscopeInput.tsx?raw'
import { kitInStage, type KitInputProps } from './kitInStage.js'
import type { StoryArgs } from '../StoryArgs.js'
import { playKit, playNotSent } from './playKit.js'
import { showCode } from './showCode.js'

/** Chatscope’s `MessageInput` reports its text at every edit; `keystroke` takes it. The kit has no dark theme. */
const meta = {
  title: 'In other kits/Chatscope',
  component: ChatscopeInput,
  ...kitInStage((props) => (
    <div className="kit-light">
      <ChatscopeInput {...props} />
    </div>
  )),
} satisfies Meta<typeof ChatscopeInput>

export default meta

type Story = StoryObj<StoryArgs<KitInputProps>>

export const Composing: Story = { parameters: showCode(code), play: playKit }

export const NotSent: Story = {
  args: { messages: 'refused' },
  parameters: showCode(code, 'hidden'),
  play: playNotSent,
}
