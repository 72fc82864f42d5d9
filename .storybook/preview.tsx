import type { Preview } from '@storybook/react-vite'
import { mswLoader } from 'msw-storybook-addon/csf3'
import 'react-linq-typing/styles.css'
import { configure, expect } from 'storybook/test'
import { phoneMatchers } from '../stories/phoneMatchers.js'
import '../stories/recipient/recipient.css'
import { fastSettings, settingArgTypes } from '../stories/StageSettings.js'
import { withSettings } from '../stories/withSettings.js'
import './preview.css'
import { startMock } from './startMock.js'
import { ThemedDocs } from './ThemedDocs.js'

expect.extend(phoneMatchers)
// As long as a busy machine needs: what is looked for comes, or the story fails.
configure({ asyncUtilTimeout: 15_000 })

const preview: Preview = {
  tags: ['autodocs'],
  args: { ...fastSettings },
  argTypes: settingArgTypes,
  decorators: [withSettings],
  loaders: [mswLoader(startMock)],
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    docs: {
      container: ThemedDocs,
      toc: { headingSelector: 'h2, h3' },
      source: { excludeDecorators: true },
    },
    controls: { sort: 'requiredFirst' },
    options: {
      storySort: {
        order: [
          'Start here',
          'How a session lives',
          'Plugging a fetcher',
          'The other half',
          'Typing for an AI agent',
          'Headless',
          'Styling',
          'Errors',
          'Testing your app',
          'Accessibility',
          'Hook',
          'useComposeBox',
          'ComposeBox',
          'TypingBubble',
          'When it fails',
          'In other kits',
        ],
      },
    },
    viewport: {
      options: { phone: { name: 'Phone', styles: { width: '390px', height: '844px' }, type: 'mobile' } },
    },
  },
}

export default preview
