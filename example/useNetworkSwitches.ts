import { useState } from 'react'
import type { NetworkSwitches } from './api.js'

/**
 * The emulated Linq's network, and how to change it: a change shows at once, and is dropped when the server refuses it.
 *
 * @param network as the server tells it; null where there is none to change.
 */
export function useNetworkSwitches(
  network: NetworkSwitches | null,
): [NetworkSwitches | null, (next: NetworkSwitches) => void] {
  const [wanted, setWanted] = useState<NetworkSwitches | null>(null)
  if (wanted !== null && wanted.slow === network?.slow && wanted.answer === network.answer) setWanted(null)

  const change = (next: NetworkSwitches) => {
    setWanted(next)
    post(next).catch(() => setWanted(null))
  }
  return [network === null ? null : (wanted ?? network), change]
}

/** Uses the browser's own network, which no switch takes away. */
async function post(network: NetworkSwitches): Promise<void> {
  const response = await fetch('/api/network', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(network),
  })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
}
