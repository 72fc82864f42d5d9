import { type ReactNode, useCallback, useRef, useState, useSyncExternalStore } from 'react'
import { ComposeBox, TypingProvider } from 'react-linq-typing'
import { createDocsLinq } from './createDocsLinq.js'
import './docs.css'

const names = ['typing', 'blank', 'sending', 'failed', 'over-limit', 'disabled', 'readonly']

/** A box, and the data attributes that it has right now. */
export function DataAttributes(): ReactNode {
  const root = useRef<HTMLDivElement>(null)
  const [linq] = useState(() =>
    createDocsLinq({
      network: ({ action }) =>
        action === 'message' ? { up: 1_000, answer: { status: 500, code: 3001 } } : { up: 400, down: 400 },
    }),
  )
  const read = () => {
    const box = root.current?.querySelector('.rlt-compose')
    return names
      .map((name) => `data-${name}`)
      .filter((name) => box?.hasAttribute(name) === true)
      .map((name) => `${name}="${box?.getAttribute(name) ?? ''}"`)
      .join(' ')
  }
  const attributes = useSyncExternalStore(
    useCallback((listener) => {
      if (root.current === null) return () => undefined
      const watch = new MutationObserver(listener)
      watch.observe(root.current, { subtree: true, attributes: true })
      return () => watch.disconnect()
    }, []),
    read,
  )

  return (
    <div className="docs-live sb-unstyled">
      <p className="docs-hint">Write more than 40 characters, or send: this Linq fails every message.</p>
      <div ref={root} className="docs-room">
        <TypingProvider fetcher={linq.fetcher}>
          <ComposeBox chatId={linq.chatId} onSend={linq.send} maxLength={40} />
        </TypingProvider>
      </div>
      <code className="docs-attributes">{`<form class="rlt-compose" ${attributes}>`}</code>
    </div>
  )
}
