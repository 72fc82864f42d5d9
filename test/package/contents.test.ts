import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, inject, it } from 'vitest'

const { tarball, consumer } = inject('packed')
const folder = join(consumer, 'node_modules/react-linq-typing')
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
const modules = files.filter((file) => file.endsWith('.js'))
const text = (file: string) => readFileSync(join(folder, file), 'utf8')

/** What a module imports and re-exports, and whether it begins a client boundary. */
function read(file: string) {
  return {
    isClient: /^(['"])use client\1/.test(text(file)),
    imports: [
      ...text(file).matchAll(/(?:^(?:import|export) (?:[^'"]* from )?|\bimport\()["']([^"']+)["']/gm),
    ].map(([, from]) => from!),
  }
}

/** Every module that an entry leads to, down to the client boundaries where these are not entered. */
function reach(entry: string, { entersClient }: { entersClient: boolean }): string[] {
  const reached = new Set([entry])
  for (const file of reached) {
    const { isClient, imports } = read(file)
    if (isClient && !entersClient) continue
    for (const from of imports)
      if (from.startsWith('.'))
        reached.add(
          relative(folder, resolve(folder, dirname(file), from))
            .split(sep)
            .join('/'),
        )
  }
  return [...reached]
}

/** The packages that a module imports, at once or later. */
const bare = (file: string) =>
  [
    ...read(file).imports,
    ...[...text(file).matchAll(/\bimport\(["']([^"']+)["']\)/g)].map(([, from]) => from!),
  ].filter((from) => !from.startsWith('.'))

describe('the tarball', () => {
  it('holds the built modules, their types and maps, the stylesheet, docs and four texts', () => {
    expect(files.filter((file) => !/^(dist|docs)\//.test(file)).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ])
    expect(
      files.filter((file) => !/\.(js|d\.ts|js\.map)$|^[^/]+$|^dist\/styles\.css$|^docs\//.test(file)),
    ).toEqual([])
    const parts = new Set(files.filter((file) => /^dist\/.+\//.test(file)).map((file) => file.split('/')[1]))
    expect([...parts].sort()).toEqual(['core', 'fetchers', 'linq', 'react', 'redis', 'server', 'testing'])
  })

  it('holds only docs that README or another page of docs leads to', () => {
    const docs = files.filter((file) => file.startsWith('docs/'))
    const pages = ['README.md', ...docs.filter((file) => file.endsWith('.md'))]
    const isLinked = (file: string) =>
      pages.some((page) => page !== file && text(page).includes(posix.relative(posix.dirname(page), file)))
    expect(docs).toContain('docs/errors.md')
    expect(docs.filter((file) => !isLinked(file))).toEqual([])
  })

  it('has types beside every module', () => {
    const untyped = modules.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts')))
    expect(untyped).toEqual([])
  })

  it('leaves React and TanStack Query to the app, and bundles nothing (row 84)', () => {
    expect([...new Set(modules.flatMap(bare))].sort()).toEqual([
      '@tanstack/react-query',
      'autosize',
      'eventsource-parser',
      'lodash.debounce',
      'react',
      'react/jsx-runtime',
      'standardwebhooks',
    ])
    const { dependencies, peerDependencies } = JSON.parse(text('package.json')) as Record<string, object>
    expect(Object.keys(dependencies!)).toEqual([
      'autosize',
      'eventsource-parser',
      'lodash.debounce',
      'standardwebhooks',
    ])
    expect(Object.keys(peerDependencies!)).toEqual(['@tanstack/react-query', 'react', 'react-dom'])
  })
})

describe("'use client' (row 86)", () => {
  it.each([
    'compose/ComposeBox',
    'compose/useComposeBox',
    'incoming/TypingBubble',
    'incoming/sseFeed',
    'TypingProvider',
    'useTypingIndicator',
  ])('is the first statement of the built %s, which calls hooks and is exported (row 86)', (file) => {
    const name = file.split('/').at(-1)!.replace('sse', 'createSse')
    expect(text('dist/index.js')).toContain(`{ ${name} } from "./react/${file}.js"`)
    expect(text(`dist/react/${file}.js`)).toMatch(/^(['"])use client\1;?\n/)
  })

  it('is not on the index, so that policies, errors and fetchers are real on a server too (row 86)', () => {
    expect(read('dist/index.js').isClient).toBe(false)
    expect(reach('dist/index.js', { entersClient: false })).toEqual(
      expect.arrayContaining([
        'dist/core/policy.js',
        'dist/core/typingError.js',
        'dist/fetchers/httpFetcher.js',
      ]),
    )
  })

  it('stands before every way from the index to React (row 86)', () => {
    const ofServer = reach('dist/index.js', { entersClient: false }).filter((file) => !read(file).isClient)
    expect(ofServer.filter((file) => bare(file).length > 0)).toEqual([])
    const all = reach('dist/index.js', { entersClient: true })
    expect(all.filter((file) => bare(file).includes('react')).length).toBeGreaterThan(3)
  })

  it.each([
    // The signatures of webhooks, and the idle clock of the sessions, for work on a server.
    ['server', ['standardwebhooks', 'lodash.debounce']],
    ['redis', []],
    // The signatures of the emulated Linq's webhooks.
    ['testing', ['standardwebhooks']],
  ])('is nowhere in %s, and neither is React (row 86)', (entry, packages) => {
    const reached = reach(`dist/${entry}/index.js`, { entersClient: true })
    expect(reached.length).toBeGreaterThan(3)
    expect(reached.filter((file) => read(file).isClient)).toEqual([])
    expect(reached.flatMap(bare)).toEqual(packages)
  })
})

describe('the manifest', () => {
  it('passes publint, strictly (row 85)', async () => {
    const { messages, pkg } = await publint({ pkgDir: folder, strict: true, pack: false })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it('has types that are what they say (row 85)', () => {
    const attw = fileURLToPath(import.meta.resolve('@arethetypeswrong/cli/package.json'))
    const answer = execFileSync(
      process.execPath,
      [join(dirname(attw), 'dist/index.js'), tarball, '--profile', 'esm-only', '--format', 'json'],
      { encoding: 'utf8' },
    )
    const { analysis, problems } = JSON.parse(answer) as {
      analysis: { entrypoints: object }
      problems: Record<string, { resolutionKind?: string }[]>
    }
    expect(Object.keys(analysis.entrypoints)).toEqual(
      expect.arrayContaining(['.', './server', './redis', './testing', './styles.css']),
    )
    const beside = ['node10', 'node16-cjs']
    expect(
      Object.values(problems)
        .flat()
        .filter((problem) => !beside.includes(problem.resolutionKind ?? '')),
    ).toEqual([])
  })
})
