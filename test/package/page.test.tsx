// @vitest-environment jsdom
import { install } from '@sinonjs/fake-timers'
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ReactNode } from 'react'
import { build } from 'vite'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'

const { consumer } = inject('packed')
const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(join(consumer, file)).href)

// Loaded here, while every timer is still the real one.
const { ComposeBox, TypingProvider } = (await load(
  'node_modules/react-linq-typing/dist/index.js',
)) as typeof import('react-linq-typing')

const write = (text: string) => fireEvent.input(screen.getByRole('textbox'), { target: { value: text } })

function mount(Around: (props: { children: ReactNode }) => ReactNode = ({ children }) => children) {
  const calls: string[] = []
  const fetcher = ({ action }: { action: string }) => {
    calls.push(action)
    return Promise.resolve()
  }
  function Page({ queryClient }: { queryClient?: QueryClient }) {
    return (
      <TypingProvider fetcher={fetcher} queryClient={queryClient}>
        <ComposeBox chatId="a" onSend={() => undefined} />
      </TypingProvider>
    )
  }
  return { calls, Page, Around }
}

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

describe('the packed box', () => {
  it('needs no QueryClientProvider (row 84)', async () => {
    vi.useFakeTimers()
    const { calls, Page } = mount()
    render(<Page />)
    write('h')
    await act(() => vi.advanceTimersByTimeAsync(10_000))
    expect(calls).toEqual(['start', 'stop'])
  })

  it('runs its calls in the client that the app has in its context (row 84)', () => {
    vi.useFakeTimers()
    const client = new QueryClient()
    const { Page } = mount()
    const Inner = () => <Page queryClient={useQueryClient()} />
    render(
      <QueryClientProvider client={client}>
        <Inner />
      </QueryClientProvider>,
    )
    write('h')
    expect(client.getMutationCache().getAll()).toMatchObject([
      { options: { mutationKey: ['typing', 'a'] }, state: { variables: { action: 'start' } } },
    ])
  })
})

describe('fake timers that are installed after the package was loaded', () => {
  it('drive it when they are Vitest’s (row 87)', async () => {
    const { calls, Page } = mount()
    render(<Page />)
    vi.useFakeTimers({ now: 0 })
    write('h')
    await act(() => vi.advanceTimersByTimeAsync(9_999))
    expect(calls).toEqual(['start'])
    await act(() => vi.advanceTimersByTimeAsync(1))
    expect(calls).toEqual(['start', 'stop'])
  })

  it('drive it when they are Sinon’s, which Jest’s are too (row 87)', async () => {
    const { calls, Page } = mount()
    render(<Page />)
    const clock = install({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
    try {
      write('h')
      await act(() => clock.tickAsync(9_999))
      expect(calls).toEqual(['start'])
      await act(() => clock.tickAsync(1))
      expect(calls).toEqual(['start', 'stop'])
    } finally {
      clock.uninstall()
    }
  })

  it('and leave the date standing still do not freeze it (row 87)', async () => {
    const { calls, Page } = mount()
    vi.useFakeTimers({ now: 0 })
    vi.spyOn(Date, 'now').mockReturnValue(0)
    render(<Page />)
    write('h')
    await act(() => vi.advanceTimersByTimeAsync(20_000))
    vi.restoreAllMocks()
    expect(calls).toEqual(['start', 'stop'])
  })
})

describe('an app built by Vite', () => {
  it('runs the box, and lodash.debounce in it (row 85)', async () => {
    writeFileSync(
      join(consumer, 'app.js'),
      `import 'react-linq-typing/styles.css'
      import { createElement as h } from 'react'
      import { flushSync } from 'react-dom'
      import { createRoot } from 'react-dom/client'
      import { ComposeBox, TypingProvider } from 'react-linq-typing'
      export function show(element, fetcher) {
        const root = createRoot(element)
        const box = h(ComposeBox, { chatId: 'a', onSend() {} })
        flushSync(() => root.render(h(TypingProvider, { fetcher }, box)))
        return () => root.unmount()
      }`,
    )
    await build({
      root: consumer,
      configFile: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: 'node_modules/an-app',
        lib: { entry: 'app.js', formats: ['es'], fileName: () => 'built.mjs', cssFileName: 'built' },
      },
    })
    const { show } = (await load('node_modules/an-app/built.mjs')) as {
      show: (element: Element, fetcher: (request: { action: string }) => Promise<void>) => () => void
    }
    vi.useFakeTimers({ now: 0 })
    const calls: string[] = []
    const unmount = show(document.body.appendChild(document.createElement('div')), ({ action }) => {
      calls.push(action)
      return Promise.resolve()
    })
    await vi.advanceTimersByTimeAsync(100)
    write('h')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(calls).toEqual(['start', 'stop'])
    unmount()
  })
})
