import type { ArgTypes } from '@storybook/react-vite'

/** What can be changed about every story while it runs; durations are milliseconds. */
export interface StageSettings {
  /** Whether anything is announced at all. */
  enabled: boolean
  /** How long after the last edit someone still counts as composing. */
  idleTimeout: number
  /** The age of the last start at which an edit starts again. */
  refreshInterval: number
  /** How long a start keeps the bubble on. */
  lifetime: number
  /** How long a typing call takes each way. */
  latency: number
  /** What becomes of typing calls. */
  answers: Answers
  /** What becomes of messages. */
  messages: 'delivered' | 'refused'
  /** Whether the browser believes that there is no network. */
  offline: boolean
}

/** `accepted` is what Linq really answers, which refuses what it has to; the rest is said instead. */
export type Answers = 'accepted' | 'slow' | '401' | '403' | '429' | '500' | 'lost'

/** Faster than Linq wants it, so that nobody has to wait for a minute. */
export const fastSettings: StageSettings = {
  enabled: true,
  idleTimeout: 2_000,
  refreshInterval: 6_000,
  lifetime: 10_000,
  latency: 50,
  answers: 'accepted',
  messages: 'delivered',
  offline: false,
}

/** As Linq has it, but for the refresh: nobody falls idle while a test types and looks, however busy its machine. */
export const unhurried = { idleTimeout: 10_000, refreshInterval: 40_000, lifetime: 60_000 } as const

const milliseconds = (min: number, max: number, step: number) =>
  ({ control: { type: 'range', min, max, step } }) as const
const inPolicy = { table: { category: 'Policy' } }
const inNetwork = { table: { category: 'Network' } }

export const settingArgTypes: Record<keyof StageSettings, ArgTypes[string]> = {
  enabled: {
    ...inPolicy,
    control: 'boolean',
    description: 'Whether anything is announced at all: `<TypingProvider enabled>`.',
  },
  idleTimeout: {
    ...inPolicy,
    ...milliseconds(500, 10_000, 500),
    description: 'How long after the last edit someone still counts as composing, in ms. Linq: 10 000.',
  },
  refreshInterval: {
    ...inPolicy,
    ...milliseconds(2_000, 48_000, 500),
    description: 'How old the last start is when an edit starts again, in ms. Linq: 48 000.',
  },
  lifetime: {
    ...inPolicy,
    ...milliseconds(3_000, 60_000, 1_000),
    description: 'How long a start keeps the bubble on, in ms. Linq: 60 000. Changing it starts a new chat.',
  },
  latency: {
    ...inNetwork,
    ...milliseconds(0, 4_000, 50),
    description: 'How long a typing call takes, each way, in ms.',
  },
  answers: {
    ...inNetwork,
    control: 'select',
    options: ['accepted', 'slow', '401', '403', '429', '500', 'lost'] satisfies Answers[],
    description: 'What happens to typing calls. `accepted` is what Linq really answers.',
  },
  messages: {
    ...inNetwork,
    control: 'inline-radio',
    options: ['delivered', 'refused'] satisfies StageSettings['messages'][],
    description: 'What happens to messages.',
  },
  offline: {
    ...inNetwork,
    control: 'boolean',
    description: 'Whether the browser thinks that it is offline.',
  },
}

/** The settings among a story's args; those it lacks are the fast ones. */
export function readSettings(args: object): StageSettings {
  const given = Object.entries(args).filter(
    ([name, value]: [string, unknown]) => name in fastSettings && value !== undefined,
  )
  return { ...fastSettings, ...Object.fromEntries(given) }
}

/** A story's args but for the settings: what its component takes. */
export function withoutSettings<Args extends Record<string, unknown>>(args: Args): Partial<Args> {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !(name in fastSettings))) as Partial<Args>
}
