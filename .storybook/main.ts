import type { StorybookConfig } from '@storybook/react-vite'

const config: StorybookConfig = {
  stories: ['../stories/docs/*.mdx', '../stories/**/*.stories.tsx'],
  // Mock Service Worker's, from `npx msw init .storybook/public`.
  staticDirs: ['./public'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: {
    name: '@storybook/react-vite',
    // The library's own configuration builds a library.
    options: { builder: { viteConfigPath: '.storybook/vite.config.ts' } },
  },
  typescript: {
    reactDocgen: 'react-docgen-typescript',
    reactDocgenTypescriptOptions: {
      // No kit's: reading their types would hold the first page up for seconds.
      include: [
        'src/**/*.tsx',
        'stories/docs/tables.ts',
        'stories/HookedTextarea.tsx',
        'stories/OwnMarkup.tsx',
      ],
      shouldExtractLiteralValuesFromEnum: true,
      shouldRemoveUndefinedFromOptional: true,
      propFilter: ({ parent }) => parent?.fileName.includes('node_modules') !== true,
    },
  },
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
}

export default config
