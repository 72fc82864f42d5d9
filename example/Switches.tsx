import { type ReactNode, useSyncExternalStore } from 'react'
import type { NetworkSwitches } from './api.js'
import { pageNetwork } from './pageNetwork.js'
import { Toggle } from './Toggle.js'
import { useNetworkSwitches } from './useNetworkSwitches.js'
import { useResetOnAnswer } from './useResetOnAnswer.js'

const answers: { answer: NetworkSwitches['answer']; label: string; hint: string }[] = [
  { answer: null, label: 'As usual', hint: 'Linq answers normally.' },
  { answer: 429, label: '429 Too many requests', hint: 'Only typing waits, for 20 s.' },
  { answer: 500, label: '500 Server error', hint: 'Messages fail too, and come back.' },
  { answer: 401, label: '401 Wrong token', hint: 'The server’s problem: the page gets 502.' },
]

export interface SwitchesProps {
  /** The chat that is shown. */
  chatId: string
  /** The emulated Linq's network, or null where there is none to change. */
  network: NetworkSwitches | null
}

/** What can go wrong between a key and the bubble, to be switched on. */
export function Switches({ chatId, network: told }: SwitchesProps): ReactNode {
  const [network, setNetwork] = useNetworkSwitches(told)
  useResetOnAnswer(chatId, told?.answer)
  const isOffline = useSyncExternalStore(pageNetwork.subscribe, pageNetwork.isOffline)
  return (
    <section className="switches" aria-label="Network">
      <h2>Network</h2>
      <Toggle
        label="Offline"
        hint="Nothing leaves this page."
        checked={isOffline}
        onChange={pageNetwork.setOffline}
      />
      {network !== null && (
        <>
          <Toggle
            label="Slow network"
            hint="1.5 s each way, from proxy to Linq."
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
