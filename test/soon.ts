import { vi } from 'vitest'

/** Waits until something holds, however busy the machine is. */
export function soon<Result>(holds: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(holds, { timeout: 30_000 })
}
