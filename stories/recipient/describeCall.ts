import type { RecipientCall } from './RecipientTruth.js'

/** What came of a call, in a word: its status, `…` while it is on its way, `lost` where no answer came. */
export function outcomeOf({ answeredAt, goneAt, status }: RecipientCall): string {
  if (answeredAt !== null && status !== null) return String(status)
  return goneAt === null ? '…' : 'lost'
}

/** Whether a call was refused, failed or lost. */
export function hasFailed({ answeredAt, goneAt, status }: RecipientCall): boolean {
  return answeredAt === null ? goneAt !== null : status !== null && status >= 400
}

/** Says a call in a sentence: `start, answered 204 after 8 ms`. */
export function describeCall(call: RecipientCall): string {
  const { action, sentAt, answeredAt, goneAt } = call
  if (answeredAt !== null) return `${action}, answered ${outcomeOf(call)} after ${answeredAt - sentAt} ms`
  return goneAt === null ? `${action}, on its way` : `${action}, no answer`
}
