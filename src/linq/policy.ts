import type { TypingPolicy } from '../core/policy.js'

/**
 * How long things last at Linq. Its guide and integrators report that a start lasts about 60 s; its documents of July 2026
 * say 85 to 90 s. Nine messages in ten were delivered within 2.6 s.
 */
export const linqPolicy: TypingPolicy = /* @__PURE__ */ Object.freeze({
  minLifetime: 60_000,
  maxLifetime: 90_000,
  refreshInterval: 48_000,
  idleTimeout: 10_000,
  deliveryWindow: 3_000,
  timeout: 5_000,
})
