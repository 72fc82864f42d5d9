/** What someone does at the keyboard; times in seconds. */
export interface SessionScript {
  readonly name: string
  /** What to look for. */
  readonly says: string
  readonly steps: readonly SessionStep[]
  /** When the playback ends. */
  readonly end: number
}

export interface SessionStep {
  readonly at: number
  readonly do: 'key' | 'empty' | 'send'
}

/** Keys as fast as people press them, with the little pauses that they make. */
function keys(from: number, to: number): SessionStep[] {
  const steps: SessionStep[] = []
  for (let at = from, count = 0; at <= to; at += count % 7 === 6 ? 0.9 : 0.3, count++)
    steps.push({ at, do: 'key' })
  return steps
}

export const sessionScripts: readonly [SessionScript, ...SessionScript[]] = [
  {
    name: 'A long message',
    says: 'The first key starts. 48 s later a key starts again, before the bubble runs out. The message itself clears the bubble, so no stop is sent.',
    steps: [...keys(0, 22), ...keys(29, 50.5), { at: 51.5, do: 'send' }],
    end: 54.5,
  },
  {
    name: 'A pause',
    says: 'After ten seconds without a key a stop is sent. The next key starts again. Emptying the box stops at once.',
    steps: [...keys(0, 8), ...keys(26, 34), { at: 35, do: 'empty' }],
    end: 40,
  },
  {
    name: 'Two messages in a row',
    says: 'The second message begins before the first is delivered. Its first key starts at once. When the first message arrives, it clears that bubble too, so one more start follows.',
    steps: [...keys(0, 9), { at: 10, do: 'send' }, ...keys(10.6, 24), { at: 25, do: 'send' }],
    end: 32,
  },
]
