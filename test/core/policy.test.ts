import { definePolicy } from '../../src/core/policy.js'
import { describe, expect, it } from 'vitest'

const policy = {
  minLifetime: 60_000,
  maxLifetime: 90_000,
  refreshInterval: 48_000,
  idleTimeout: 10_000,
  deliveryWindow: 3_000,
  timeout: 5_000,
}

describe('a policy', () => {
  it.each([
    [{ minLifetime: 100_000 }, 'minLifetime must be at most maxLifetime'],
    [{ refreshInterval: 50_000 }, 'refreshInterval + idleTimeout must be less than minLifetime'],
    [{ idleTimeout: 12_000 }, 'refreshInterval + idleTimeout must be less than minLifetime'],
    [{ timeout: 48_000 }, 'timeout must be less than refreshInterval'],
    [{ idleTimeout: 0 }, 'idleTimeout must be a positive number'],
    [{ timeout: Number.NaN }, 'timeout must be a positive number'],
    [{ maxLifetime: Infinity }, 'maxLifetime must be a positive number'],
    [{ maxLifetime: 2 ** 31 }, 'maxLifetime must be a positive number of milliseconds, at most 2147483647'],
    [{ deliveryWindow: 2 ** 31 }, 'deliveryWindow must be zero or a positive number'],
    [{ minLifetime: 0 }, 'minLifetime must be a positive number of milliseconds'],
    [{ maxLifetime: -1 }, 'maxLifetime must be a positive number'],
    [{ refreshInterval: 0 }, 'refreshInterval must be a positive number'],
    [{ deliveryWindow: Infinity }, 'deliveryWindow must be zero or a positive number'],
    [{ deliveryWindow: NaN }, 'deliveryWindow must be zero or a positive number'],
    [{ timeout: '5000' }, 'timeout must be a positive number'],
    [{ deliveryWindow: '3000' }, 'deliveryWindow must be zero or a positive number'],
    [{ deliveryWindow: -1 }, 'deliveryWindow must be zero or a positive number'],
  ])('%o names the relation it breaks', (change, relation) => {
    expect(() => definePolicy({ ...policy, ...change } as typeof policy)).toThrow(relation)
  })

  it('may go without a delivery window', () => {
    expect(definePolicy({ ...policy, deliveryWindow: 0 }).deliveryWindow).toBe(0)
  })

  it.each([
    { minLifetime: 90_000 },
    { refreshInterval: 49_999 },
    { idleTimeout: 11_999 },
    { timeout: 47_999 },
    { deliveryWindow: 0.5 },
  ])('may be %o', (change) => {
    expect(definePolicy({ ...policy, ...change })).toEqual({ ...policy, ...change })
  })

  it('is frozen, and a copy', () => {
    const defined = definePolicy({ ...policy, name: 'mine' } as typeof policy)
    expect(Object.isFrozen(defined)).toBe(true)
    expect(defined).toEqual(policy)
  })

  it('that is refused is shown', () => {
    expect(() => definePolicy({ ...policy, timeout: -7 })).toThrow(
      /can't work: timeout must be .*"timeout":-7/,
    )
  })
})
