import { type ReactNode, useCallback, useSyncExternalStore } from 'react'
import type { TypingPolicy } from 'react-linq-typing'
import type { StoryLinq } from './createStoryLinq.js'
import type { KeyLog } from './recipient/createKeyLog.js'
import { Phone } from './recipient/Phone.js'
import { Timeline } from './recipient/Timeline.js'
import { useNow } from './recipient/useNow.js'
import { TypingReason } from './TypingReason.js'
import { useSettings } from './withSettings.js'

export interface RecipientSideProps {
  linq: StoryLinq
  name: string
  keyLog: KeyLog
  policy: TypingPolicy
  /** Why the policy is not the one that was asked for. */
  problem: string | null
}

const fastReach = { past: 32_000, ahead: 12_000 }

/** What came of our typing: the phone, the timeline, and why the last call was made or not made. */
export function RecipientSide({ linq, name, keyLog, policy, problem }: RecipientSideProps): ReactNode {
  const { emulator, chatId } = linq
  const { enabled, lifetime } = useSettings()
  const keys = useSyncExternalStore(keyLog.subscribe, () => keyLog.keys(chatId))
  const sees = useSyncExternalStore(
    useCallback((listener) => emulator.subscribe(listener), [emulator]),
    () => emulator.recipientSees(chatId),
  )
  const now = useNow()
  const messages = emulator.messages(chatId)
  const spans = emulator.timeline(chatId)
  const calls = linq.calls()

  return (
    <>
      <section className="stage-phone" aria-label="The other end">
        <Phone truth={{ name, sees, messages }} />
      </section>
      <section className="stage-timeline" aria-label="What happened">
        <Timeline
          truth={{ name, sees, messages, spans, calls, keys, now, lifetime }}
          reach={policy.minLifetime > 20_000 ? undefined : fastReach}
        />
        <TypingReason
          chatId={chatId}
          policy={policy}
          isEnabled={enabled}
          calls={calls}
          linqCalls={emulator.calls}
          keys={keys}
          now={now}
        />
        {problem !== null && (
          <p className="stage-problem" role="alert">
            {problem} Linq’s own policy is used instead.
          </p>
        )}
      </section>
    </>
  )
}
