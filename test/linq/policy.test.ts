import { definePolicy } from '../../src/core/policy.js'
import { linqPolicy } from '../../src/linq/policy.js'
import { expect, it } from 'vitest'

it('the policy for Linq is one that definePolicy takes, and frozen', () => {
  expect(definePolicy(linqPolicy)).toEqual(linqPolicy)
  expect(Object.isFrozen(linqPolicy)).toBe(true)
})

it('the policy for Linq is the one that its lifetimes allow', () => {
  expect(linqPolicy).toEqual({
    minLifetime: 60_000,
    maxLifetime: 90_000,
    refreshInterval: 48_000,
    idleTimeout: 10_000,
    deliveryWindow: 3_000,
    timeout: 5_000,
  })
})
