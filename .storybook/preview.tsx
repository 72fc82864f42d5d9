import type { Preview } from '@storybook/react-vite'
import 'react-linq-typing/styles.css'
import '../stories/recipient/recipient.css'
import './preview.css'

const preview: Preview = {
  tags: ['autodocs'],
  parameters: { layout: 'fullscreen', a11y: { test: 'error' } },
}

export default preview
