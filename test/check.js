// The linter takes as long as the other two together: a core for each.
import { spawn } from 'node:child_process'

// They make much that lives for a moment only, and a small nursery would be swept all the time.
const env = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=128` }
const lanes = [['check:types', 'check:format'], ['check:lint']]
const results = await Promise.all(lanes.map(runInTurn))
process.exit(results.every(Boolean) ? 0 : 1)

async function runInTurn(scripts) {
  let isGood = true
  for (const script of scripts) isGood = (await run(script)) && isGood
  return isGood
}

function run(script) {
  const child = spawn(`npm run --silent ${script}`, { stdio: 'inherit', shell: true, env })
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)))
}
