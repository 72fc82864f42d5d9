import type { BubbleEnd } from 'react-linq-typing/testing'
import type { StoryLinq } from './createStoryLinq.js'

/** The recipient's phone, as a story's play function looks at it. Functions alone, for Storybook to print it shortly. */
export interface RecipientPhone {
  /** Whether the bubble is on now. */
  sees: () => boolean
  /** How each bubble so far ended, oldest first; the one that is on has not. */
  bubbles: () => readonly (BubbleEnd | 'on')[]
  /** Our messages that arrived. */
  messages: () => readonly string[]
  /** How many calls reached Linq. */
  calls: () => Record<'start' | 'stop' | 'message', number>
  /** Told after every change; returns how to end it. */
  subscribe: (listener: () => void) => () => void
}

export function createRecipientPhone({ emulator, chatId, count, sees }: StoryLinq): RecipientPhone {
  return {
    sees,
    bubbles: () => emulator.timeline(chatId).map(({ endedBy }) => endedBy ?? 'on'),
    messages: () =>
      emulator
        .messages(chatId)
        .filter(({ from, deliveredAt }) => from === 'us' && deliveredAt !== null)
        .map(({ text }) => text),
    calls: () => ({ start: count('start'), stop: count('stop'), message: count('message') }),
    subscribe: emulator.subscribe,
  }
}
