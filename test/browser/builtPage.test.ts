import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const key = 'a-key-that-only-the-server-knows'
let folder: string
let files: { name: string; text: string }[]

beforeAll(async () => {
  vi.stubEnv('LINQ_API_V3_API_KEY', key)
  folder = await mkdtemp(join(tmpdir(), 'built-page-'))
  await build({
    configFile: fileURLToPath(new URL('../../example/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

it('the built page is a page with the box in it', () => {
  expect(files.map(({ name }) => name)).toContain('index.html')
  expect(files.some(({ text }) => text.includes('rlt-compose'))).toBe(true)
})

it.each([key, 'api.linqapp.com', 'LinqAPIV3', 'Bearer '])(
  'the built page holds nothing of the server’s: not %s',
  (secret) => {
    expect(files.filter(({ text }) => text.includes(secret)).map(({ name }) => name)).toEqual([])
  },
)
