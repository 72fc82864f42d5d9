import { createTheme, ThemeProvider } from '@mui/material/styles'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { kitInStage, type KitInputProps } from './kitInStage.js'
import { MuiInput } from './MuiInput.js'
import code from './MuiInput.tsx?raw'
import type { StoryArgs } from '../StoryArgs.js'
import { playKit, playNotSent } from './playKit.js'
import { showCode } from './showCode.js'

const theme = createTheme({
  colorSchemes: { light: true, dark: true },
  cssVariables: { colorSchemeSelector: 'media' },
  typography: { fontFamily: 'inherit' },
})

/** Pass `inputProps` to the `htmlInput` slot of a `TextField`. */
const meta = {
  title: 'In other kits/MUI',
  component: MuiInput,
  ...kitInStage(MuiInput),
  decorators: [
    (Story) => (
      <ThemeProvider theme={theme}>
        <Story />
      </ThemeProvider>
    ),
  ],
} satisfies Meta<typeof MuiInput>

export default meta

type Story = StoryObj<StoryArgs<KitInputProps>>

export const Composing: Story = { parameters: showCode(code), play: playKit }

export const NotSent: Story = {
  args: { messages: 'refused' },
  parameters: showCode(code, 'hidden'),
  play: playNotSent,
}
