import { timeout } from '../figures.js'
import { patience } from './distantStore.js'
import type { HubScenario } from './events.js'

/** How long things take at most in a scenario, in ms. */
export interface Reach {
  /** A command to the store, and its way up alone, by which the store takes a call for younger than it is. */
  command: number
  commandUp: number
  /** A call to Linq. */
  call: number
  /** From what somebody does until Linq has heard of it, through the calls before it. */
  page: number
}

/** A hub leaves a store alone for so long after a failure, and a late command lands within 4 s. */
export const outage = 10_000

const longest = (legs: readonly unknown[]) =>
  Math.max(0, ...legs.map((leg) => (typeof leg === 'number' ? leg : 0)))

export function reachOf({ weather, commands, journeys, trips }: HubScenario): Reach {
  const both = (legs: readonly { up: unknown; down: unknown }[]) =>
    longest(legs.map(({ up }) => up)) + longest(legs.map(({ down }) => down))
  const command = weather === 'calm' ? both(commands) : patience
  const call = weather === 'all' ? timeout + longest(journeys.map(({ up }) => up)) : both(journeys)
  const commandUp = weather === 'calm' ? longest(commands.map(({ up }) => up)) : patience
  return { command, commandUp, call, page: 2 * (both(trips) + 8 * command + 3 * call) + 100 }
}
