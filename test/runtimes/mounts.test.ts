import { build } from 'esbuild'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveLinq } from '../../example/server/serveLinq.js'
import { checkTypes, copyMounts } from '../consumers/copyMounts.js'
import { expectCallsToReach } from '../consumers/expectCallsToReach.js'
import { expectWordToReach, webhookSecret } from '../consumers/expectWordToReach.js'
import { startProcess, type StartedProcess } from './startProcess.js'

const names = ['nodeHttp', 'express', 'fastify', 'hono']
const token = 'token-of-the-mounts'
const linq = createLinqEmulator({ token, inactive: 'shown' })
const folder = copyMounts('runtimes', ...names, 'next', 'nextStream', 'nextWebhook')
let upstream: Awaited<ReturnType<typeof serveLinq>>

beforeAll(async () => {
  upstream = await serveLinq(linq)
})
afterAll(() => upstream.close())

it('the mounts of the servers of Node, and of Next, compile', async () => {
  expect(await checkTypes(folder)).toBe('')
})

describe.each(names)('the server mounted as in example/mounts/%s.ts', (name) => {
  let server: StartedProcess | undefined

  beforeAll(async () => {
    await build({
      entryPoints: [`${folder}/${name}.ts`],
      outdir: folder,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      tsconfigRaw: '{}',
      logLevel: 'error',
    })
    const env = {
      LINQ_API_V3_API_KEY: token,
      LINQ_API_V3_BASE_URL: upstream.baseURL,
      LINQ_WEBHOOK_SECRET: webhookSecret,
    }
    server = await startProcess(process.execPath, () => [`${name}.js`], folder, env)
  })
  afterAll(() => server?.close())

  it('carries a page’s calls to Linq, and nobody else’s', async () => {
    await expectCallsToReach(linq, server!.url, '/api/linq')
  })

  it('carries Linq’s word of who types to the pages that may see it', async () => {
    await expectWordToReach(linq, server!.url)
  })
})
