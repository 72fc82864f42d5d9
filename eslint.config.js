import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import storybook from 'eslint-plugin-storybook'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const layers = ['core', 'linq', 'fetchers', 'react', 'server', 'redis', 'testing']

/** Which other layers, and which packages, the files of a layer may import. */
function mayImport(allowed, ...patterns) {
  const others = layers.filter((layer) => !allowed.layers.includes(layer))
  const packages = allowed.packages.map((name) => name.replaceAll('.', '\\.'))
  const paths = [
    {
      regex: `\\.\\./(${others.join('|')})/`,
      message: 'This layer does not import that one: see CONTRIBUTING.md.',
    },
    { regex: `^(?!\\.|(${packages.join('|')})$)`, message: 'This layer must not import that package.' },
  ]
  return {
    'no-restricted-imports': 'off',
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...paths, ...patterns] }],
  }
}

const reactLayer = {
  layers: ['core', 'linq', 'react'],
  packages: [
    'react',
    'react-dom',
    '@tanstack/react-query',
    'autosize',
    'eventsource-parser',
    'lodash.debounce',
  ],
}

/** What a room of the compose box may take from beside the rooms. */
function shared(room) {
  return {
    regex: '^\\.\\./(?!(countCharacters|given|store)\\.js)[^./]+\\.js',
    message: `What stands beside compose/${room} is built on it.`,
  }
}

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
      // Declarations are made from one file at a time, which needs the type of a template literal written out.
      '@typescript-eslint/no-inferrable-types': 'off',
      // What throws in an async function rejects its promise, even where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['**/*.{ts,tsx}'], extends: [reactHooks.configs.flat['recommended-latest']] },
  { files: ['src/**'], rules: { 'max-lines': ['error', 250] } },
  {
    files: ['src/core/**'],
    rules: {
      ...mayImport({ layers: [], packages: ['lodash.debounce'] }),
      'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'fetch'],
    },
  },
  {
    files: ['src/linq/**'],
    rules: mayImport(
      { layers: ['core'], packages: [] },
      {
        regex: '/core/(?!typingError\\.js)',
        allowTypeImports: true,
        message: "A service takes the core's types, and the error that it makes.",
      },
    ),
  },
  { files: ['src/fetchers/**'], rules: mayImport({ layers: ['core', 'linq'], packages: [] }) },
  { files: ['src/react/**'], rules: mayImport(reactLayer) },
  {
    files: ['src/react/compose/field/**'],
    rules: mayImport(reactLayer, shared('field'), {
      regex: '/message/',
      message: 'A text field knows nothing of messages.',
    }),
  },
  { files: ['src/react/compose/message/**'], rules: mayImport(reactLayer, shared('message')) },
  {
    files: ['src/server/**'],
    rules: mayImport(
      { layers: ['core', 'linq', 'fetchers'], packages: ['standardwebhooks'] },
      {
        regex: '/fetchers/(?!(envelope|body|webPage)\\.js)',
        message: 'The server shares with the fetchers how a refusal is read, and nothing else.',
      },
    ),
  },
  {
    files: ['src/redis/**'],
    rules: mayImport(
      { layers: ['server'], packages: [] },
      {
        regex: '/server/(?!hub/typingStore\\.js)',
        allowTypeImports: true,
        message: 'A store takes the types of the hub.',
      },
    ),
  },
  { files: ['src/testing/**'], rules: mayImport({ layers: [], packages: ['standardwebhooks'] }) },
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
        ReadableStream: 'readonly',
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
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
  // Their frameworks are installed in folders of compat, where their tests check the types too.
  { files: ['example/mounts/**'], extends: [tseslint.configs.disableTypeChecked] },
  storybook.configs['flat/recommended'],
)
