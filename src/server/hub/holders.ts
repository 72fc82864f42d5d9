/** No actor contains a control character. */
const separator = '\n'

/** Tells a new piece of an actor's work apart: follows the actor in the name of the lease's holder. */
export const newWork = (): string => separator + crypto.randomUUID()

/** Whose lease it is: all of an actor's work, and what they write themselves, belong to one person. */
export const personOf = (holder: string): string => holder.split(separator, 1)[0] ?? holder
