import { build, type BuildOptions } from 'esbuild'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveLinq } from '../../example/server/serveLinq.js'
import { checkTypes, copyMounts } from '../consumers/copyMounts.js'
import { expectCallsToReach } from '../consumers/expectCallsToReach.js'
import { expectWordToReach, webhookSecret } from '../consumers/expectWordToReach.js'
import { startProcess, type StartedProcess } from './startProcess.js'
import { forWorkers, runtimes, serveByWorkerd } from './startService.js'

const names = ['nodeHttp', 'express', 'fastify', 'hono']
const token = 'token-of-the-mounts'
const linq = createLinqEmulator({ token, inactive: 'shown' })
const folder = copyMounts('runtimes', ...names, 'next', 'nextStream', 'nextWebhook', 'workers')
interface Mount {
  name: string
  binary: string
  args: (port: number) => string[]
  options: BuildOptions
}

const mounts: Mount[] = [
  ...names.map((name) => ({
    name,
    binary: process.execPath,
    args: () => [`${name}.js`],
    options: { packages: 'external', platform: 'node' } as const,
  })),
  ...runtimes
    .filter(({ entry }) => entry === 'workerd')
    .map(({ binary }) => ({
      name: 'workers',
      binary,
      args: (port: number) => serveByWorkerd('workers.capnp', port),
      options: forWorkers,
    })),
]
let upstream: Awaited<ReturnType<typeof serveLinq>>

beforeAll(async () => {
  upstream = await serveLinq(linq)
  const description = 'compat/runtimes/service/workers.capnp'
  copyFileSync(join(import.meta.dirname, '../..', description), join(folder, 'workers.capnp'))
})
afterAll(() => upstream.close())

it('the mounts of the servers of Node, of Next and of Workers compile', async () => {
  expect(await checkTypes(folder)).toBe('')
})

describe.each(mounts)(
  'the server mounted as in example/mounts/$name.ts',
  ({ name, binary, args, options }) => {
    let server: StartedProcess | undefined

    beforeAll(async () => {
      await build({
        entryPoints: [`${folder}/${name}.ts`],
        outdir: folder,
        bundle: true,
        format: 'esm',
        tsconfigRaw: '{}',
        logLevel: 'error',
        ...options,
      })
      const env = {
        LINQ_API_V3_API_KEY: token,
        LINQ_API_V3_BASE_URL: upstream.baseURL,
        LINQ_WEBHOOK_SECRET: webhookSecret,
      }
      server = await startProcess(binary, args, folder, env)
    })
    afterAll(() => server?.close())

    it('carries a page’s calls to Linq, and nobody else’s', async () => {
      await expectCallsToReach(linq, server!.url, '/api/linq')
    })

    it('carries Linq’s word of who types to the pages that may see it', async () => {
      await expectWordToReach(linq, server!.url)
    })
  },
)
