import { afterAll, vi } from 'vitest'
import { passTimeBy } from '../stories/wait.js'

const { setTimeout: wait } = globalThis

// A pause takes no time in a test, and a busy machine slows a story's clock down instead of running ahead of its keys.
vi.useFakeTimers({
  toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  shouldAdvanceTime: true,
  advanceTimeDelta: 5,
})
// Without this, the page of the last story would tick on beside all other tests, two hundred times a second.
afterAll(() => void vi.useRealTimers())

passTimeBy(async (milliseconds) => {
  await vi.advanceTimersByTimeAsync(milliseconds)
  // The mock answers from a worker, in real time: a call that should not have been made gets the time to arrive.
  await new Promise((resolve) => void wait(resolve, 100))
})
