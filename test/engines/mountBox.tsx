import { ComposeBox, type ComposeBoxProps, createHttpFetcher, TypingProvider } from 'react-linq-typing'
import { createLinqEmulator } from 'react-linq-typing/testing'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { onTestFinished, vi } from 'vitest'

/** A compose box in the page, over the emulated Linq, under StrictMode. */
export function mountBox(props: Partial<ComposeBoxProps> = {}) {
  const linq = createLinqEmulator({ inactive: 'shown' })
  const fetcher = createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: linq.fetch })
  const chatId = linq.addChat()
  const onSend = vi.fn<(text: string) => unknown>()

  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  onTestFinished(() => {
    root.unmount()
    host.remove()
  })
  const show = (more: Partial<ComposeBoxProps> = {}) =>
    flushSync(() =>
      root.render(
        <StrictMode>
          <TypingProvider fetcher={fetcher}>
            <ComposeBox
              chatId={chatId}
              onSend={(text) => onSend(text)}
              onSendError={() => undefined}
              {...props}
              {...more}
            />
          </TypingProvider>
        </StrictMode>,
      ),
    )
  show()

  return {
    linq,
    onSend,
    /** Renders it again, with other props. */
    show,
    field: found(host.querySelector('textarea')),
    button: found(host.querySelector<HTMLButtonElement>('button.rlt-compose-send')),
    root: found(host.querySelector<HTMLElement>('.rlt-compose')),
    sent: () => onSend.mock.calls.map(([text]) => text),
    calls: () => linq.calls.map((call) => call.action),
  }
}

function found<Element>(element: Element | null): Element {
  if (element === null) throw new Error('A part of the box is missing')
  return element
}
