import { type ReactNode, useEffect, useState } from 'react'
import { linqPolicy, TypingProvider, type TypingPolicy } from 'react-linq-typing'
import type { StoryLinq } from './createStoryLinq.js'
import { createKeyLog } from './recipient/createKeyLog.js'
import { RecipientSide } from './RecipientSide.js'
import { setOnline } from './setOnline.js'
import './stage.css'
import type { StageSettings } from './StageSettings.js'
import { createStoryPolicy } from './storyPolicy.js'
import { useSettings } from './withSettings.js'

export interface StageProps {
  linq: StoryLinq
  /** Whose phone stands beside it. @default 'Ada' */
  name?: string | undefined
  children: ReactNode
}

/** A compose box; under it the timeline of its typing, and beside it the phone of whoever it writes to. */
export function Stage({ linq, name = 'Ada', children }: StageProps): ReactNode {
  const { chatId, fetcher } = linq
  const settings = useSettings()
  const [keyLog] = useState(createKeyLog)
  const { policy, problem } = readPolicy(settings)

  useEffect(() => linq.configure(settings), [linq, settings])
  useEffect(() => {
    if (!settings.offline) return
    setOnline(false)
    return () => setOnline(true)
  }, [settings.offline])

  return (
    <div className="stage">
      <TypingProvider fetcher={fetcher} policy={policy} enabled={settings.enabled}>
        <section
          className="stage-compose"
          aria-label="Our side"
          onInputCapture={() => keyLog.add(chatId, Date.now())}
        >
          {children}
        </section>
        <RecipientSide linq={linq} name={name} keyLog={keyLog} policy={policy} problem={problem} />
      </TypingProvider>
    </div>
  )
}

function readPolicy(settings: StageSettings): { policy: TypingPolicy; problem: string | null } {
  try {
    return { policy: createStoryPolicy(settings), problem: null }
  } catch (thrown) {
    return { policy: linqPolicy, problem: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}
