import { ComposeBox, TypingProvider } from 'react-linq-typing'
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { describe, expect, it, onTestFinished } from 'vitest'

/** As many modals do it: an effect puts the element into the page. */
function Modal({ children }: { children: ReactNode }) {
  const [element] = useState(() => document.createElement('div'))
  useEffect(() => {
    document.body.append(element)
    return () => element.remove()
  }, [element])
  return createPortal(children, element)
}

function mountModal(label?: ReactNode) {
  const root = createRoot(document.createElement('div'))
  onTestFinished(() => root.unmount())
  flushSync(() =>
    root.render(
      <TypingProvider fetcher={() => Promise.resolve()}>
        <Modal>
          {label}
          <ComposeBox id="reply" chatId="a" onSend={() => undefined} />
        </Modal>
      </TypingProvider>,
    ),
  )
}

function addLabel() {
  const label = document.body.appendChild(document.createElement('label'))
  label.htmlFor = 'reply'
  label.textContent = 'Your reply'
  onTestFinished(() => label.remove())
}

const field = () => document.querySelector<HTMLTextAreaElement>('#reply')
const isNamedByLabel = () => field()?.labels.length === 1 && !field()!.hasAttribute('aria-label')

describe('a box in a portal that an effect puts into the page has the name of a label', () => {
  it('that stands beside it (row 108)', async () => {
    mountModal(<label htmlFor="reply">Your reply</label>)
    await expect.poll(isNamedByLabel).toBe(true)
  })

  it('that stands in the page (row 108)', async () => {
    addLabel()
    mountModal()
    await expect.poll(isNamedByLabel).toBe(true)
  })

  it('that comes later (row 108)', async () => {
    mountModal()
    await expect.poll(() => field()?.getAttribute('aria-label')).toBe('Message')
    addLabel()
    await expect.poll(isNamedByLabel).toBe(true)
  })
})
