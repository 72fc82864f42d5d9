/** No actor has a control character. */
const separator = '\n'

/** What tells one more work of an actor apart: it follows the actor in whoever holds its lease. */
export const newWork = (): string => separator + crypto.randomUUID()

/** Whose lease it is: all works of an actor, and what they write themselves, are one person's. */
export const personOf = (holder: string): string => holder.split(separator, 1)[0] ?? holder
