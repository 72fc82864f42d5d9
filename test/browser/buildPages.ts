import react from '@vitejs/plugin-react'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { alias } from '../../vite.config.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with each page of `page/` as one script, and in `example/` the example's page as it would be shipped. */
    pages: string
    /** The server's key, which was set while the example's page was built. */
    exampleKey: string
  }
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const key = 'a-key-that-only-the-server-knows'

/** Builds the pages once, for all who open them. */
export default async function buildPages(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'))
  await Promise.all([
    buildExample(join(folder, 'example')),
    ...['main', 'otherHalf'].map((name) => buildPage(name, folder)),
  ])
  project.provide('pages', folder)
  project.provide('exampleKey', key)
  return () => rm(folder, { recursive: true, force: true })
}

async function buildPage(name: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: path('./page'),
    plugins: [react()],
    resolve: { alias },
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: path(`./page/${name}.tsx`),
        output: { format: 'iife', entryFileNames: `${name}.js` },
      },
    },
  })
}

/** In a process of its own, with the environment in which an app would be built. */
async function buildExample(outDir: string): Promise<void> {
  const config = path('../../example/vite.config.ts')
  const args = ['vite', 'build', '--config', config, '--outDir', outDir, '--logLevel', 'error']
  await promisify(execFile)('npx', args, {
    env: { ...process.env, NODE_ENV: 'production', LINQ_API_V3_API_KEY: key },
    shell: process.platform === 'win32',
  })
}
