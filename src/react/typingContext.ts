import { type Context, createContext, useContext } from 'react'
import type { TypingSessions } from '../core/sessions.js'
import type { EarlySends } from './earlySends.js'
import type { FeedRecord } from './feedRecord.js'

export interface TypingContextValue {
  sessions: TypingSessions
  isEnabled: boolean
  /** What the provider runs when it unmounts. */
  closing: Set<() => void>
  /** Early messages of inputs that are gone. */
  leftBehind: Set<EarlySends>
  feed: FeedRecord
}

export const TypingContext: Context<TypingContextValue | null> = createContext<TypingContextValue | null>(
  null,
)

export function useTypingContext(caller: string): TypingContextValue {
  const context = useContext(TypingContext)
  if (context === null)
    throw new Error(
      `${caller} found no <TypingProvider> above it. Wrap your message boxes in <TypingProvider fetcher={…}>; ` +
        'if they are in one, two copies of react-linq-typing are installed: see npm ls react-linq-typing.',
    )
  return context
}
