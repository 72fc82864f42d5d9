// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/dom'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { runInThisContext } from 'node:vm'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { afterEach, expect, it, vi } from 'vitest'

interface Stats {
  toJson: (options: object) => { errors: { message: string }[]; warnings: { message: string }[] }
}

const tools = join(import.meta.dirname, '../../compat/tools')
const folder = mkdtempSync(join(tmpdir(), 'webpack-'))

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  rmSync(folder, { recursive: true })
})

it('an app built by webpack has the stylesheet, and its box announces typing (row 84, row 85)', async () => {
  const webpack = createRequire(join(tools, 'package.json'))('webpack') as (
    config: object,
    done: (error: Error | null, stats: Stats) => void,
  ) => void
  const file = pathToFileURL(join(tools, 'webpack/webpack.config.js')).href
  const { default: config } = (await import(/* @vite-ignore */ file)) as { default: { output: object } }
  const stats = await promisify(webpack)({
    ...config,
    output: { ...config.output, path: folder, publicPath: '/' },
  })
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
  expect([...errors, ...warnings].map(({ message }) => message)).toEqual([])
  expect(readFileSync(join(folder, 'app.css'), 'utf8')).toContain('rlt-compose')

  vi.useFakeTimers()
  const linq = createLinqEmulator({ inactive: 'shown' })
  const chatId = linq.addChat()
  const actions = () => linq.calls.map(({ action }) => action)
  vi.stubGlobal('fetch', linq.fetch)
  document.documentElement.dataset.chat = chatId
  document.body.innerHTML = '<div id="app"></div>'
  runInThisContext(readFileSync(join(folder, 'app.js'), 'utf8'))
  await vi.advanceTimersByTimeAsync(100)
  fireEvent.input(screen.getByRole('textbox'), { target: { value: 'h' } })
  await vi.advanceTimersByTimeAsync(9_999)
  expect(linq.recipientSees(chatId)).toBe(true)
  expect(actions()).toEqual(['start'])
  await vi.advanceTimersByTimeAsync(1)
  expect(linq.recipientSees(chatId)).toBe(false)
  expect(actions()).toEqual(['start', 'stop'])
})
