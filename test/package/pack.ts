import { execFileSync, execSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball, and a folder whose `node_modules` hold what is in it and the peers. */
    packed: { tarball: string; consumer: string }
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const left = /^(node_modules|dist|storybook-static|coverage|\.git|\.next|.*\.local)$/
const beside = [
  '@linqapp/sdk',
  '@tanstack/query-core',
  '@tanstack/react-query',
  '@types/node',
  '@types/react',
  '@types/react-dom',
  'autosize',
  'csstype',
  'eventsource-parser',
  'lodash.debounce',
  'react',
  'react-dom',
  'scheduler',
  'standardwebhooks',
]

/** Packs a copy of the project as a release does, and unpacks it where an app would have it. */
export default function pack(project: TestProject): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'packed-')))
  const copy = join(folder, 'project')
  cpSync(root, copy, { recursive: true, filter: (file) => !left.test(basename(file)) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const env = { ...process.env, NODE_ENV: 'production' }
  const run = (command: string) => execSync(command, { cwd: copy, env, stdio: ['ignore', 'pipe', 'inherit'] })
  run('npm run build --silent')
  const [{ filename }] = JSON.parse(run('npm pack --ignore-scripts --json --loglevel error').toString()) as [
    { filename: string },
  ]

  const consumer = join(folder, 'consumer')
  const installed = join(consumer, 'node_modules')
  mkdirSync(join(installed, 'react-linq-typing'), { recursive: true })
  const unpack = [
    '-xzf',
    join(copy, filename),
    '-C',
    join(installed, 'react-linq-typing'),
    '--strip-components=1',
  ]
  execFileSync('tar', unpack)
  for (const name of beside) {
    mkdirSync(join(installed, name, '..'), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(installed, name), 'junction')
  }
  project.provide('packed', { tarball: join(copy, filename), consumer })
  return () => rmSync(folder, { recursive: true })
}
