import type { Meta, StoryObj } from '@storybook/react-vite'
import { kitInStage } from './kitInStage.js'
import { playKit } from './playKit.js'
import { showCode } from './showCode.js'
import { ReactHookFormInput } from './ReactHookFormInput.js'
import code from './ReactHookFormInput.tsx?raw'

/** `register` brings no `onInput`, so `inputProps` stand beside it. */
const meta = {
  title: 'In other kits/React Hook Form',
  component: ReactHookFormInput,
  ...kitInStage(ReactHookFormInput),
} satisfies Meta<typeof ReactHookFormInput>

export default meta

type Story = StoryObj<typeof meta>

export const Composing: Story = { parameters: showCode(code), play: playKit }
