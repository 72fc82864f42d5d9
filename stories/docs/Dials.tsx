import { type ReactNode, useState } from 'react'
import { ComposeBox, TypingProvider } from 'react-linq-typing'
import stylesheet from '../../src/react/styles.css?raw'
import { createDocsLinq } from './createDocsLinq.js'
import { DialControl } from './DialControl.js'
import { readDials } from './readDials.js'
import './dials.css'
import './docs.css'

const dials = readDials(stylesheet)

const meanings: Record<string, string> = {
  '--rlt-accent': 'the send button, and the focus ring',
  '--rlt-on-accent': 'the text on the send button',
  '--rlt-surface': 'the background of the box',
  '--rlt-text': 'the text',
  '--rlt-muted':
    'the placeholder, the lines under the box, a button that can’t send, and the typing bubble’s dots',
  '--rlt-line': 'the border',
  '--rlt-danger': 'the border and the text of errors',
  '--rlt-inactive': 'the background of a disabled box, of a button that can’t send, and of the typing bubble',
  '--rlt-radius': 'how round the button and the typing bubble are; the box follows',
  '--rlt-gap': 'the space between the field, its slots and the button, and beside the typing bubble',
  '--rlt-padding': 'the space between the border and the button',
  '--rlt-line-height': 'the line height of the text',
}

/** Every CSS variable, with its default, a control, and a box that it restyles. */
export function Dials(): ReactNode {
  const [linq] = useState(() => createDocsLinq())
  const [turned, setTurned] = useState<Record<string, string>>({})
  const rules = Object.entries(turned).map(([name, value]) => `  ${name}: ${value};\n`)

  return (
    <div className="docs-live docs-dials sb-unstyled">
      <div className="docs-dials-box">
        <TypingProvider fetcher={linq.fetcher}>
          <ComposeBox
            chatId={linq.chatId}
            onSend={linq.send}
            defaultValue="Change a variable"
            style={turned}
          />
        </TypingProvider>
        <pre aria-label="Your stylesheet">
          {rules.length === 0 ? '/* nothing changed yet */' : `.rlt-compose {\n${rules.join('')}}`}
        </pre>
        <p className="docs-buttons">
          <button type="button" onClick={() => setTurned({})}>
            Back to the defaults
          </button>
        </p>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Default</th>
            <th scope="col">Change it</th>
          </tr>
        </thead>
        <tbody>
          {dials.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                <span>{meanings[name]}</span>
              </th>
              <td>
                <code>{value}</code>
              </td>
              <td>
                <DialControl
                  name={name}
                  initial={value}
                  value={turned[name]}
                  onTurn={(next) => setTurned((before) => ({ ...before, [name]: next }))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
