import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import storybook from 'eslint-plugin-storybook'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  globalIgnores([
    '**/dist',
    'storybook-static',
    'coverage',
    'reports',
    '.stryker-tmp',
    '**/.next',
    '**/node_modules',
    '**/*.local',
    '.storybook/public',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['**/*.{ts,tsx}'], extends: [reactHooks.configs.flat['recommended-latest']] },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['react*', '@tanstack/*', '../react/*', '../fetchers/*', '../server/*', '../testing/*'] },
      ],
      'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'fetch'],
    },
  },
  {
    files: ['src/fetchers/**', 'src/server/**', 'src/testing/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['react*', '@tanstack/*', '../react/*'] }] },
  },
  {
    files: ['src/server/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['react*', '../react/*', '../testing/*'] }] },
  },
  {
    files: ['src/testing/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['react*', '../*'] }] },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        globalThis: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setImmediate: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        window: 'readonly',
        document: 'readonly',
        fetch: 'readonly',
        Headers: 'readonly',
        Request: 'readonly',
        Response: 'readonly',
      },
    },
  },
  {
    // What readers copy holds no word for this linter; `keyCode` alone tells Safari's Enter.
    files: ['stories/integrations/**'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  storybook.configs['flat/recommended'],
)
