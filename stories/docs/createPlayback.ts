import { definePolicy, linqPolicy, type TypingPolicy } from 'react-linq-typing'
import type { LinqClock } from 'react-linq-typing/testing'
import { createDocsLinq, type DocsLinq } from './createDocsLinq.js'
import type { SessionScript } from './sessionScripts.js'

/** How much faster than life a script is played. */
export const playbackSpeed = 11

/** Every duration of `linqPolicy`, as much shorter. */
export const playbackPolicy: TypingPolicy = definePolicy({
  minLifetime: linqPolicy.minLifetime / playbackSpeed,
  maxLifetime: linqPolicy.maxLifetime / playbackSpeed,
  refreshInterval: linqPolicy.refreshInterval / playbackSpeed,
  idleTimeout: linqPolicy.idleTimeout / playbackSpeed,
  deliveryWindow: linqPolicy.deliveryWindow / playbackSpeed,
  timeout: linqPolicy.timeout / playbackSpeed,
})

/** A script being played, to an emulated Linq whose time passes as fast. */
export interface Playback {
  readonly script: SessionScript
  readonly linq: DocsLinq
  /** When the script began, and what time it is in it. */
  readonly begin: number
  readonly now: () => number
  /** Notes that a key is pressed. */
  readonly press: () => void
  /** When keys were pressed. */
  readonly keys: () => readonly number[]
}

export function createPlayback(script: SessionScript): Playback {
  const begin = Date.now()
  const clock: LinqClock = {
    now: () => begin + (Date.now() - begin) * playbackSpeed,
    setTimeout: (run, milliseconds) => setTimeout(run, milliseconds / playbackSpeed),
    clearTimeout: (timer) => clearTimeout(timer as number),
  }
  const linq = createDocsLinq({ clock, network: () => ({ up: 150, down: 150 }) })
  let keys: readonly number[] = []
  return {
    script,
    linq,
    begin,
    now: () => clock.now(),
    press() {
      keys = [...keys, clock.now()]
    },
    keys: () => keys,
  }
}
