/** How long a bubble lasts after its last sign, and a lease after its last start, in ms: as documented. */
export const lasts = { recipient: 90_000, agent: 60_000 }
/** How long a page may go on seeing a chat after a verdict has changed, and not see it, ms. */
export const verdictKept = { yes: 60_000, no: 10_000 }
/**
 * By how much the age of a sign may be wrong, ms: a webhook's time is told in whole seconds (1 s), it travels for up to
 * 0.8 s after it was signed, and a stream's chunks for up to 0.3 s; commands and changes of the store take the rest.
 */
export const ageError = 3_000
/** A page that hears nothing for so long takes its connection for dead: what comes may be as old, ms. */
export const silence = 20_000
/** From when the store knows of something until every page with a good connection does, ms. */
export const reach = 4_000
/** A process leaves a store alone for so long after a failure, ms. */
export const alone = 5_500
/** After an outage all streams know what is so, ms: the store is left alone, and its reading tried again. */
export const storeRecovery = 12_000
/** A page is connected again after so long at most, ms: a silent one is noticed, and it waits for up to 30 s. */
export const reconnection = 75_000
/** After a sleep that no event tells of, a page looks at the clock within this, ms. */
export const waking = 6_000
/** How often it is written down what pages show, ms. */
export const sampling = 1_000
