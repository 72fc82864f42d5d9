import type { Meta, StoryObj } from '@storybook/react-vite'
import { kitInStage } from './kitInStage.js'
import { playKit } from './playKit.js'
import { showCode } from './showCode.js'
import { AssistantUiInput } from './AssistantUiInput.js'
import code from './AssistantUiInput.tsx?raw'

/** `ComposerPrimitive.Input` passes `inputProps` on to its textarea. The runtime sends. */
const meta = {
  title: 'In other kits/assistant-ui',
  component: AssistantUiInput,
  ...kitInStage(AssistantUiInput),
} satisfies Meta<typeof AssistantUiInput>

export default meta

type Story = StoryObj<typeof meta>

export const Composing: Story = { parameters: showCode(code), play: playKit }
