import type { Meta, StoryObj } from '@storybook/react-vite'
import { kitInStage, type KitInputProps } from './kitInStage.js'
import type { StoryArgs } from '../StoryArgs.js'
import { playKit, playNotSent } from './playKit.js'
import { showCode } from './showCode.js'
import { ReactHookFormInput } from './ReactHookFormInput.js'
import code from './ReactHookFormInput.tsx?raw'

/** `register` has no `onInput`, so you can spread `inputProps` beside it. */
const meta = {
  title: 'In other kits/React Hook Form',
  component: ReactHookFormInput,
  ...kitInStage(ReactHookFormInput),
} satisfies Meta<typeof ReactHookFormInput>

export default meta

type Story = StoryObj<StoryArgs<KitInputProps>>

export const Composing: Story = { parameters: showCode(code), play: playKit }

export const NotSent: Story = {
  args: { messages: 'refused' },
  parameters: showCode(code, 'hidden'),
  play: playNotSent,
}
