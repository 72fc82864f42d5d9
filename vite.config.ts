import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { oldestPeers } from './compat/oldestPeers.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Emits the stylesheet beside the modules: Vite takes no CSS file as a library entry. */
function stylesheet(): Plugin {
  let isLibrary = false
  return {
    name: 'stylesheet',
    apply: 'build',
    configResolved(config) {
      isLibrary = Boolean(config.build.lib)
    },
    buildStart() {
      if (!isLibrary) return
      for (const fileName of ['styles.css', 'styles.css.d.ts'])
        this.emitFile({ type: 'asset', fileName, source: readFileSync(path(`./src/react/${fileName}`)) })
    },
  }
}

/** The package by its public name, read from the source. */
export const alias = [
  { find: /^react-linq-typing$/, replacement: path('./src/index.ts') },
  { find: /^react-linq-typing\/(server|redis|testing)$/, replacement: path('./src/$1/index.ts') },
  { find: /^react-linq-typing\/styles\.css$/, replacement: path('./src/react/styles.css') },
]

declare module 'vitest' {
  interface ProvidedContext {
    peers: 'newest' | 'oldest'
    isStrict: boolean
  }
}

/** What renders: a test of what doesn't is a `.ts`, and runs once. */
const everything = 'test/react/**/*.test.tsx'

/** What StrictMode and the version of a peer decide together: effects that mount twice, mutations, hydration. */
const lifecycles = [
  'test/react/{useTypingIndicator,chatSwitches,mutations,page,pureRender,peers}.test.tsx',
  'test/react/compose/hydration.test.tsx',
]

/**
 * The suite of the hook and the box: whole under StrictMode on the newest peers and without it on the oldest. Crosswise
 * run the tests of what both decide; the rest should find nothing that the two whole runs don't.
 */
const reactProjects: { name: string; peers: 'newest' | 'oldest'; isStrict: boolean; include: string[] }[] = [
  {
    name: 'unit',
    peers: 'newest',
    isStrict: true,
    include: [everything, 'test/react/**/*.test.ts', 'stories/docs/samples/*.test.tsx'],
  },
  { name: 'unit-plain', peers: 'newest', isStrict: false, include: lifecycles },
  { name: 'unit-oldest', peers: 'oldest', isStrict: true, include: lifecycles },
  { name: 'unit-oldest-plain', peers: 'oldest', isStrict: false, include: [everything] },
]

/** What leaves nothing running for the next file. */
const sharedProjects = [
  { name: 'core', include: ['test/{core,fetchers,linq}/**/*.test.ts'] },
  { name: 'node', include: ['test/{fuzz,server,testing}/**/*.test.{ts,tsx}'] },
]

/** These run after the projects that drive whole apps: all at once would be a dozen processes on two cores. */
const afterApps = { groupOrder: 1 }

function reactProject({ name, peers, isStrict, include }: (typeof reactProjects)[number]) {
  const isOldest = peers === 'oldest'
  return {
    extends: true,
    plugins: isOldest ? [oldestPeers()] : [],
    test: {
      name,
      environment: 'jsdom',
      sequence: afterApps,
      // A page for each file would take three times as long as the tests.
      isolate: false,
      include,
      globalSetup: isOldest ? ['./compat/oldestPeers.ts'] : [],
      setupFiles: ['./test/freshFile.ts', './test/setup.ts'],
      provide: { peers, isStrict },
    },
  } satisfies TestProjectInlineConfiguration
}

export default defineConfig({
  plugins: [react(), stylesheet()],
  resolve: { alias },
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: {
      entry: {
        index: path('./src/index.ts'),
        'server/index': path('./src/server/index.ts'),
        'redis/index': path('./src/redis/index.ts'),
        'testing/index': path('./src/testing/index.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: [
        /^react($|\/)/,
        /^react-dom($|\/)/,
        '@tanstack/react-query',
        'autosize',
        'eventsource-parser',
        'lodash.debounce',
        'standardwebhooks',
      ],
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
  test: {
    reporters: ['default', path('./test/tallyReporter.ts')],
    testTimeout: 60_000,
    pool: 'threads',
    // Vitest leaves one core to itself, and with two that would leave one for the tests.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      ...reactProjects.map(reactProject),
      ...sharedProjects.map(({ name, include }) => ({
        extends: true as const,
        test: {
          name,
          environment: 'node',
          sequence: afterApps,
          // A worker for each file would take as long as the tests.
          isolate: false,
          setupFiles: ['./test/freshFile.ts'],
          include,
          hookTimeout: 60_000,
        },
      })),
      {
        extends: true,
        test: {
          name: 'redis',
          environment: 'node',
          sequence: afterApps,
          // A client that lost its server goes on connecting, and would do so on the clock of the next file.
          include: ['test/redis/**/*.test.ts'],
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          environment: 'node',
          sequence: afterApps,
          include: ['test/package/**/*.test.{ts,tsx}'],
          globalSetup: ['./test/package/pack.ts'],
          provide: { peers: 'newest', isStrict: true },
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'consumers',
          environment: 'node',
          include: ['test/consumers/**/*.test.ts'],
          globalSetup: ['./test/consumers/install.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'runtimes',
          environment: 'node',
          include: ['test/runtimes/**/*.test.ts'],
          globalSetup: ['./test/runtimes/install.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/browser/bundleDependencies.ts', './test/browser/buildPages.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      './test/engines/vitest.config.ts',
      './.storybook/vitest.config.ts',
    ],
  },
})
