import { ExpiringMap } from './expiringMap.js'

const minute = 60_000
/** The most kinds that are told apart within a minute. */
const mostKeys = 1_000

/**
 * Reports the first of a kind at once. Those that follow within a minute are counted, and reported with the next one after it.
 *
 * @returns a function that calls `say` with how many there were since the last time.
 */
export function onceAMinute(): (kind: string, say: (count: number) => void) => void {
  const kinds = new ExpiringMap<{ saidAt: number; unsaid: number; endsAt: number }>()

  return (kind, say) => {
    const now = performance.now()
    if (kinds.size >= mostKeys) kinds.sweep(now)
    const key = kinds.size < mostKeys || kinds.get(kind, now) !== undefined ? kind : 'others'
    const known = kinds.get(key, now)
    if (known !== undefined && now - known.saidAt < minute) {
      known.unsaid++
      return
    }
    kinds.set(key, { saidAt: now, unsaid: 0, endsAt: now + 2 * minute }, now)
    say(1 + (known?.unsaid ?? 0))
  }
}
