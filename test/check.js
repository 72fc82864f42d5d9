// The linter takes as long as the other two together: a core for each.
import { spawn } from 'node:child_process'

const lanes = [['check:types', 'check:format'], ['check:lint']]
const results = await Promise.all(lanes.map(runInTurn))
process.exit(results.every(Boolean) ? 0 : 1)

async function runInTurn(scripts) {
  let isGood = true
  for (const script of scripts) isGood = (await run(script)) && isGood
  return isGood
}

function run(script) {
  const child = spawn(`npm run --silent ${script}`, { stdio: 'inherit', shell: true })
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)))
}
