import { definePolicy, type TypingPolicy } from 'react-linq-typing'
import type { StageSettings } from './StageSettings.js'

/** How long an answer is awaited in a story, in milliseconds. */
export const storyTimeout = 5_000

/** From a message's acceptance to its delivery, and the time after which it surely came, in milliseconds. */
export const storyDelivery = { delay: 600, window: 1_500 }

/**
 * The policy that the settings describe.
 *
 * @throws RangeError where they contradict each other.
 */
export function createStoryPolicy({ idleTimeout, refreshInterval, lifetime }: StageSettings): TypingPolicy {
  return definePolicy({
    minLifetime: lifetime,
    maxLifetime: lifetime * 1.25,
    refreshInterval,
    idleTimeout,
    deliveryWindow: storyDelivery.window,
    timeout: Math.min(storyTimeout, refreshInterval - 500),
  })
}
