import { type ReactNode, useSyncExternalStore } from 'react'
import type { NetworkSwitches } from './api.js'
import { pageNetwork } from './pageNetwork.js'
import { Toggle } from './Toggle.js'
import { useNetworkSwitches } from './useNetworkSwitches.js'

const answers: { answer: NetworkSwitches['answer']; label: string; hint: string }[] = [
  { answer: null, label: 'The truth', hint: 'Linq answers as it would.' },
  { answer: 429, label: '429 Too many requests', hint: 'Typing waits 20 s. Messages still go out.' },
  { answer: 500, label: '500 Server error', hint: 'Typing and messages fail; the text comes back.' },
  {
    answer: 401,
    label: '401 Wrong token',
    hint: 'The proxy’s trouble, not the page’s: it arrives as 502, and so says nothing of the token.',
  },
]

export interface SwitchesProps {
  /** The emulated Linq's network, or null where there is none to change. */
  network: NetworkSwitches | null
}

/** What can go wrong between a key and the bubble, to be switched on. */
export function Switches({ network: told }: SwitchesProps): ReactNode {
  const [network, setNetwork] = useNetworkSwitches(told)
  const isOffline = useSyncExternalStore(pageNetwork.subscribe, pageNetwork.isOffline)
  return (
    <section className="switches" aria-label="Network">
      <h2>Network</h2>
      <Toggle
        label="Offline"
        hint="This browser alone: nothing leaves the page."
        checked={isOffline}
        onChange={pageNetwork.setOffline}
      />
      {network !== null && (
        <>
          <Toggle
            label="Slow network"
            hint="1.5 s each way, between proxy and Linq."
            checked={network.slow}
            onChange={(slow) => setNetwork({ ...network, slow })}
          />
          <fieldset className="switches-answers">
            <legend>Linq answers</legend>
            {answers.map(({ answer, label, hint }) => (
              <label key={label} className="choice">
                <input
                  type="radio"
                  name="answer"
                  checked={network.answer === answer}
                  onChange={() => setNetwork({ ...network, answer })}
                />
                <span>
                  {label}
                  <small>{hint}</small>
                </span>
              </label>
            ))}
          </fieldset>
        </>
      )}
    </section>
  )
}
