import type { RecipientPhone } from './RecipientPhone.js'

/** How long a matcher waits for what it wants, in milliseconds. */
export interface Patience {
  /** @default 15_000 */
  within?: number | undefined
}

/** What is asserted of a phone: each waits until it holds. */
export interface PhoneMatchers {
  /** The bubble is on. */
  toSeeTyping: (patience?: Patience) => Promise<void>
  /** The bubble is off. */
  toSeeNobodyTyping: (patience?: Patience) => Promise<void>
  /** A message of ours arrived. */
  toSeeMessage: (text: string, patience?: Patience) => Promise<void>
  /** So many calls of these kinds reached Linq, no more and no fewer. */
  toHaveBeenCalledFor: (
    counts: Partial<ReturnType<RecipientPhone['calls']>>,
    patience?: Patience,
  ) => Promise<void>
  /** Every bubble so far, by how it ended; the last may still be on. */
  toHaveSeenBubbles: (bubbles: ReturnType<RecipientPhone['bubbles']>, patience?: Patience) => Promise<void>
}

interface Verdict {
  pass: boolean
  message: () => string
}

/** Waits until every call made so far has reached the mock. Two requests for a file that exists take the same way. */
async function callsToArrive(): Promise<void> {
  for (const turn of [1, 2])
    await fetch(`${import.meta.env.BASE_URL}mockServiceWorker.js?turn=${turn}`, { method: 'HEAD' })
}

/** Waits until a phone shows what is wanted, or, where `isNot`, until it no longer does. */
async function look(
  { isNot }: { isNot?: boolean },
  phone: RecipientPhone,
  { within = 15_000 }: Patience = {},
  wanted: string,
  holds: () => boolean,
): Promise<Verdict> {
  const wants = isNot !== true
  // A call that should not have been made may still be on its way.
  if (holds() === wants) await callsToArrive()
  await new Promise<void>((resolve) => {
    const settle = () => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    const timer = setTimeout(settle, within)
    const unsubscribe = phone.subscribe(() => {
      if (holds() === wants) settle()
    })
    if (holds() === wants) settle()
  })
  return {
    pass: holds(),
    message: () =>
      `The phone was expected ${wants ? '' : 'not '}to ${wanted} within ${within} ms. Its bubbles: ` +
      `${JSON.stringify(phone.bubbles())}; our messages on it: ${JSON.stringify(phone.messages())}; ` +
      `calls to Linq: ${JSON.stringify(phone.calls())}.`,
  }
}

type Context = Parameters<typeof look>[0]

export const phoneMatchers = {
  toSeeTyping(this: Context, phone: RecipientPhone, patience?: Patience) {
    return look(this, phone, patience, 'show the bubble', phone.sees)
  },
  toSeeNobodyTyping(this: Context, phone: RecipientPhone, patience?: Patience) {
    return look(this, phone, patience, 'show no bubble', () => !phone.sees())
  },
  toSeeMessage(this: Context, phone: RecipientPhone, text: string, patience?: Patience) {
    return look(this, phone, patience, `show the message ${JSON.stringify(text)}`, () =>
      phone.messages().includes(text),
    )
  },
  toHaveBeenCalledFor(
    this: Context,
    phone: RecipientPhone,
    counts: Partial<ReturnType<RecipientPhone['calls']>>,
    patience?: Patience,
  ) {
    const wanted = Object.entries(counts) as [keyof typeof counts, number][]
    return look(this, phone, patience, `have been called for ${JSON.stringify(counts)}`, () =>
      wanted.every(([action, count]) => phone.calls()[action] === count),
    )
  },
  toHaveSeenBubbles(
    this: Context,
    phone: RecipientPhone,
    bubbles: ReturnType<RecipientPhone['bubbles']>,
    patience?: Patience,
  ) {
    return look(this, phone, patience, `have shown the bubbles ${JSON.stringify(bubbles)}`, () => {
      return JSON.stringify(phone.bubbles()) === JSON.stringify(bubbles)
    })
  },
}

declare module 'storybook/test' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merges with theirs
  interface Assertion<T> extends PhoneMatchers {}
}
