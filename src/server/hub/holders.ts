/** No actor contains a control character. */
const separator = '\n'

/** A suffix that makes each piece of an actor's work a holder of its own. */
export const newWork = (): string => separator + crypto.randomUUID()

/** Whose lease it is: all of an actor's work, and what they write themselves, belong to one person. */
export const personOf = (holder: string): string => holder.split(separator, 1)[0] ?? holder
