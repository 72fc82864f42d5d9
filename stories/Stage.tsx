import { type ReactNode, useCallback, useState, useSyncExternalStore } from 'react'
import { TypingProvider } from 'react-linq-typing'
import type { StoryLinq } from './createStoryLinq.js'
import { createKeyLog } from './recipient/createKeyLog.js'
import { Phone } from './recipient/Phone.js'
import { Timeline } from './recipient/Timeline.js'
import { useNow } from './recipient/useNow.js'
import './stage.css'

export interface StageProps {
  linq: StoryLinq
  /** Whose phone stands beside it. @default 'Ada' */
  name?: string | undefined
  children: ReactNode
}

/** A compose box on one side, and on the other the phone and the timeline of whoever it writes to. */
export function Stage({ linq, name = 'Ada', children }: StageProps): ReactNode {
  const { emulator, chatId, fetcher } = linq
  const [keyLog] = useState(createKeyLog)
  const keys = useSyncExternalStore(keyLog.subscribe, () => keyLog.keys(chatId))
  const sees = useSyncExternalStore(
    useCallback((listener) => emulator.subscribe(listener), [emulator]),
    () => emulator.recipientSees(chatId),
  )
  const now = useNow()
  const messages = emulator.messages(chatId)
  const spans = emulator.timeline(chatId)

  return (
    <div className="stage">
      <section
        className="stage-compose"
        aria-label="Our side"
        onInputCapture={() => keyLog.add(chatId, Date.now())}
      >
        <TypingProvider fetcher={fetcher}>{children}</TypingProvider>
      </section>
      <section className="stage-recipient" aria-label="The other end">
        <Phone truth={{ name, sees, messages }} />
        <Timeline truth={{ name, sees, messages, spans, calls: emulator.calls, keys, now }} />
      </section>
    </div>
  )
}
