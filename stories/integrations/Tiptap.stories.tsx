import type { Meta, StoryObj } from '@storybook/react-vite'
import { kitInStage, type KitInputProps } from './kitInStage.js'
import type { StoryArgs } from '../StoryArgs.js'
import { playKit, playNotSent } from './playKit.js'
import { showCode } from './showCode.js'
import { TiptapInput } from './TiptapInput.js'
import code from './TiptapInput.tsx?raw'

/** An editor without input events. `onUpdate` reports each edit, and `keystroke` takes its text. */
const meta = {
  title: 'In other kits/Tiptap',
  component: TiptapInput,
  ...kitInStage(TiptapInput),
} satisfies Meta<typeof TiptapInput>

export default meta

type Story = StoryObj<StoryArgs<KitInputProps>>

export const Composing: Story = { parameters: showCode(code), play: playKit }

export const NotSent: Story = {
  args: { messages: 'refused' },
  parameters: showCode(code, 'hidden'),
  play: playNotSent,
}
