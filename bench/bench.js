import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { printBytes } from './bytes.js'
import { measureCost } from './cost.js'
import { replay } from './replay.js'
import { report } from './report.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lifetime: { type: 'string', default: '60000' },
    latency: { type: 'string', default: '80' },
    delivery: { type: 'string', default: '0' },
  },
})
const network = {
  lifetime: Number(values.lifetime),
  latency: Number(values.latency),
  delivery: Number(values.delivery),
}

const [file] = positionals
if (file === undefined)
  console.log('No traces given: npm run bench -- path/to/typing-traces.json replays them.\n')
else {
  const traces = JSON.parse(readFileSync(file, 'utf8'))
  console.log(
    `${traces.length} messages as they were really typed; a start lasts ${network.lifetime / 1_000} s, ` +
      `${network.latency} ms each way, a message is delivered ${network.delivery} ms after it was accepted.\n` +
      'Composing: from an edit that leaves text until 10 s after the last one, or until the box is emptied or sent.\n',
  )
  report(await replay(traces, network), 2 * network.latency)
}
await measureCost()
await printBytes(fileURLToPath(new URL('../dist', import.meta.url)))
