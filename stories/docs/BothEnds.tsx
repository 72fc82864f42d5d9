import { type ReactNode, useCallback, useState, useSyncExternalStore } from 'react'
import { ComposeBox, TypingProvider } from 'react-linq-typing'
import { createKeyLog } from '../recipient/createKeyLog.js'
import { Phone } from '../recipient/Phone.js'
import { Timeline } from '../recipient/Timeline.js'
import { useNow } from '../recipient/useNow.js'
import { createDocsLinq, type DocsLinq } from './createDocsLinq.js'
import './docs.css'

export interface BothEndsProps {
  /** What someone writes in. @default a compose box */
  children?: ((linq: DocsLinq) => ReactNode) | undefined
  /** What the recipient wrote before. @default 'Hello! Is it ready?' */
  greeting?: string | undefined
}

/** Something to write in, and the phone of whoever it writes to. */
export function BothEnds({
  children = composeBox,
  greeting = 'Hello! Is it ready?',
}: BothEndsProps): ReactNode {
  const [linq] = useState(() => createDocsLinq({}, greeting))
  const [keyLog] = useState(createKeyLog)
  const { emulator, chatId, fetcher } = linq
  const keys = useSyncExternalStore(keyLog.subscribe, () => keyLog.keys(chatId))
  const sees = useSyncExternalStore(
    useCallback((listener) => emulator.subscribe(listener), [emulator]),
    () => emulator.recipientSees(chatId),
  )
  const now = useNow()
  const truth = {
    name: 'Ada',
    sees,
    messages: emulator.messages(chatId),
    spans: emulator.timeline(chatId),
    calls: emulator.calls,
    keys,
    now,
  }

  return (
    <div className="docs-live docs-both-ends sb-unstyled">
      <div className="docs-write" onInputCapture={() => keyLog.add(chatId, Date.now())}>
        <p className="docs-hint">Write here, and look at the phone.</p>
        <TypingProvider fetcher={fetcher}>{children(linq)}</TypingProvider>
      </div>
      <Phone truth={truth} />
      <Timeline truth={truth} />
    </div>
  )
}

function composeBox({ chatId, send }: DocsLinq): ReactNode {
  return <ComposeBox chatId={chatId} onSend={send} placeholder="Write a message" />
}
