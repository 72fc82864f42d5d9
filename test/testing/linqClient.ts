import { LinqAPIV3, type ClientOptions } from '@linqapp/sdk'
import type { LinqEmulator } from 'react-linq-typing/testing'

/** The official client as a person would build it, with the emulator as its network. */
export function createLinqClient(emulator: LinqEmulator, options: ClientOptions = {}): LinqAPIV3 {
  return new LinqAPIV3({ apiKey: 'key', maxRetries: 0, fetch: emulator.fetch, ...options })
}
