import { act, render } from '@testing-library/react'
import { createHttpFetcher, TypingProvider, type TypingProviderProps } from 'react-linq-typing'
import { createLinqEmulator, type LinqEmulatorOptions } from 'react-linq-typing/testing'
import type { ReactElement } from 'react'
import { vi } from 'vitest'
import { postMessage } from '../postMessage.js'

interface LinqPageOptions extends LinqEmulatorOptions {
  /** Each way, in ms. */
  latency?: number
  provider?: Partial<TypingProviderProps>
}

/** A page over the emulated Linq, under fake timers, and under StrictMode where the project says so. */
export function linqPage({ latency = 80, provider, ...options }: LinqPageOptions = {}) {
  const linq = createLinqEmulator({
    inactive: 'shown',
    network: () => ({ up: latency, down: latency }),
    ...options,
  })
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  let shown = {}
  const page = (children: ReactElement) => (
    <TypingProvider fetcher={fetcher} {...provider} {...shown}>
      {children}
    </TypingProvider>
  )
  return {
    linq,
    fetcher,
    calls: (chatId?: string) =>
      linq.calls
        .filter((call) => call.action === 'start' || call.action === 'stop')
        .filter((call) => chatId === undefined || call.chatId === chatId)
        .map((call) => call.action),
    show: (children: ReactElement) => {
      const view = render(page(children))
      return {
        ...view,
        show: (next: ReactElement, props: Partial<TypingProviderProps> = {}) => {
          shown = { ...shown, ...props }
          view.rerender(page(next))
        },
      }
    },
    /** Sends a message as an app does. */
    send: (chatId: string, text: string) => postMessage(linq, chatId, text),
  }
}

/** Lets time pass, with everything that is due in it. */
export async function pass(milliseconds: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(milliseconds))
}
