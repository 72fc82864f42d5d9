// All pages of the bench of streams: they listen, and count what they hear.
import { Agent, get } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
const pages = []
const delays = []
let chats = 0
let total = 0

function open(page, port) {
  const counts = new Uint8Array(total)
  pages[page] = counts
  return new Promise((resolve, reject) => {
    const headers = { Accept: 'text/event-stream', 'X-Page': String(page) }
    get({ agent, port, host: '127.0.0.1', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        text += part
        const blocks = text.split('\n\n')
        text = blocks.pop()
        for (const block of blocks) {
          const data = block.split('\n').find((line) => line.startsWith('data: '))
          if (data === undefined) continue
          const event = JSON.parse(data.slice(6))
          if (event.type === 'snapshot') resolve()
          else hear(counts, event)
        }
      })
      response.on('end', () => console.error(`The stream of page ${page} ended.`))
    }).on('error', reject)
  })
}

function hear(counts, { type, who, actor, id }) {
  const number = Number((who?.id ?? actor).slice('agent '.length))
  counts[type === 'idle' ? number + 1 : number]++
  const sentAt = type === 'typing' ? who.name : id
  if (sentAt !== undefined) delays.push(performance.timeOrigin + performance.now() - Number(sentAt))
}

function report() {
  const result = { missed: 0, doubled: 0, unseen: 0, received: 0, delays: delays.sort((a, b) => a - b) }
  for (const [page, counts] of pages.entries())
    for (const [number, count] of counts.entries()) {
      const maySee = (Math.floor(number / 3) % chats) % 10 !== page % 10
      result.received += count
      if (!maySee) result.unseen += count
      else if (count === 0) result.missed++
      else if (count > 1) result.doubled++
    }
  return result
}

process.on('message', async (message) => {
  if (message === 'report') return process.send(report())
  ;({ chats, total } = message)
  const opened = Array.from({ length: message.open }, (_, page) =>
    open(page, message.ports[page % message.ports.length]),
  )
  await Promise.all(opened)
  process.send('open')
})
