// @vitest-environment jsdom
import type { QueryClient } from '@tanstack/react-query'
import { fireEvent, screen } from '@testing-library/dom'
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest'
import { runNode } from './runNode.js'

const compat = join(import.meta.dirname, '../../compat/pnpm')
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pnpm-')))
// Where no folder above has packages, too.
const app = join(folder, 'app')
const inApp = createRequire(join(app, 'app.js'))
const packed = join(app, 'node_modules/react-linq-typing/dist/index.js')

beforeAll(async () => {
  cpSync(join(compat, 'app'), app, { recursive: true })
  const script = join(compat, 'node_modules/pnpm/bin/pnpm.cjs')
  const store = ['--store-dir', join(folder, 'store')]
  const { code, stdout, stderr } = await runNode(app, script, 'add', inject('packed').tarball, ...store)
  if (code !== 0) throw new Error(`pnpm failed: ${stdout}${stderr}`)
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => rmSync(folder, { recursive: true }))

it.each(['react', '@tanstack/react-query'])(
  'pnpm gives the package the app’s own %s, where nothing is hoisted and every peer must fit (row 84)',
  (peer) => {
    const ofApp = inApp.resolve(peer)
    expect(ofApp).toContain(folder)
    expect(createRequire(realpathSync(packed)).resolve(peer)).toBe(ofApp)
  },
)

it('an app of pnpm announces typing in the client of its own context (row 84)', async () => {
  const { show } = inApp('./app.js') as {
    show: (element: Element, fetcher: object) => { client: QueryClient; unmount: () => void }
  }
  vi.useFakeTimers()
  const calls: string[] = []
  const fetcher = ({ action }: { action: string }) => {
    calls.push(action)
    return Promise.resolve()
  }
  const { client, unmount } = show(document.body.appendChild(document.createElement('div')), fetcher)
  await vi.advanceTimersByTimeAsync(100)
  fireEvent.input(screen.getByRole('textbox'), { target: { value: 'h' } })
  expect(client.getMutationCache().getAll()).toMatchObject([
    { options: { mutationKey: ['typing', 'a'] }, state: { variables: { action: 'start' } } },
  ])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(calls).toEqual(['start', 'stop'])
  unmount()
})
