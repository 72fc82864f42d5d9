/** The durations of Linq's policy, in milliseconds, as they are documented. */
export const idle = 10_000
export const refresh = 48_000
export const minLifetime = 60_000
export const maxLifetime = 90_000
export const window = 3_000
/** Messages of others are corrected once in this time. */
export const correctionInterval = 10_000
export const timeout = 5_000
/** How long an obligation outlives the last input of its chat. */
export const memory = timeout + window
/** Each time that nobody composes any more, a stop is sent, and once more after a passing failure. */
export const stopTries = 2
/** Within this a page has done what it must do at once. */
export const tolerance = 100
