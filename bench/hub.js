// npm run bench:hub -- --chats 300 --seed 1 --lifetime 60000
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { createRandom, writeChat } from './hubChat.js'

const { values } = parseArgs({
  options: {
    chats: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    lifetime: { type: 'string', default: '60000' },
  },
})
const chats = Number(values.chats)
const lifetime = Number(values.lifetime)
const agents = 3
const lasts = 1_800_000

const { alias } = (await runnerImport('./vite.config.ts')).module
const { simulate } = (await runnerImport('./test/fuzz/hub/simulate.ts', { resolve: { alias } })).module
const { outside, union } = (await runnerImport('./test/fuzz/spans.ts')).module

const accepted = { status: 204, code: 0, retryAfter: null, isPage: false, hasLanded: true }
const world = {
  ...{ weather: 'calm', lifetime, isTold: true, clocks: [0, 700, 2_000] },
  journeys: [{ up: 80, down: 80, answer: accepted }],
  commands: [{ up: 1, down: 1 }],
  trips: [0, 1, 2].map((process) => ({ process, up: 20, down: 20 })),
}

const length = (spans) => spans.reduce((sum, [from, to]) => sum + to - from, 0)

/** What was wrong on the phone, in ms, and how many calls it took. */
async function measure(diesWith, options) {
  const random = createRandom(Number(values.seed))
  const sums = { off: 0, on: 0, calls: 0 }
  for (let chat = 0; chat < chats; chat++) {
    const played = await simulate(
      { ...world, events: writeChat({ random, agents, lasts, diesWith }) },
      options,
    )
    const [id] = played.chats
    const composing = union(played.composing.map(({ from, to }) => [from, to]))
    const bubble = union(played.bubbles.get(id).map(({ from, to }) => [from, to ?? played.end]))
    sums.off += length(outside(composing, bubble))
    const onTheirWay = played.messages.map(({ sentAt, deliveredAt }) => [sentAt, deliveredAt])
    sums.on += length(outside(bubble, union([...composing, ...onTheirWay])))
    sums.calls += played.linqCalls.length
  }
  const agentHours = (chats * agents * lasts) / 3_600_000
  const each = (sum) => sum / agentHours
  return { off: each(sums.off / 1_000), on: each(sums.on / 1_000), calls: each(sums.calls) }
}

const hubs = {
  without: { hasHub: false },
  with: { hasHub: true },
  'with, and pages are told of messages': { hasHub: true, hearsMessages: true },
}

console.log(`${chats} chats with ${agents} agents each, half an hour; a start lasts ${lifetime / 1_000} s.`)
console.log(
  'Per agent-hour; a message on its way, which ends the bubble, counts as composing where it is on:\n',
)
const columns = ['tabs that die', 'hub', 'composing, bubble off', 'nobody composing, bubble on', 'calls']
console.log(`| ${columns.join(' | ')} |\n|${columns.map(() => ' --- |').join('')}`)
for (const diesWith of [0.03, 0])
  for (const [hub, options] of Object.entries(hubs)) {
    const { off, on, calls } = await measure(diesWith, options)
    const row = [`${diesWith * 100} %`, hub, `${off.toFixed(0)} s`, `${on.toFixed(0)} s`]
    console.log(`| ${[...row, calls.toFixed(0)].join(' | ')} |`)
  }
