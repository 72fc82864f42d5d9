const idle = 10_000
const refresh = 48_000

/**
 * Lets agents write as people do: a while in a chat, then a message, or nothing more, or a tab that dies. What they meant
 * is kept as `composing`: by chat, from when to when somebody composed, whatever the servers made of it.
 */
export function createAgents({ count, chatIds, addresses, until, random }) {
  const composing = []
  const latencies = []
  const sent = []
  const failures = []
  let calls = 0
  let deaths = 0

  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

  /** Any server will do; one that is gone is left for another. */
  async function request(agent, path, init) {
    for (let attempt = 0; ; attempt++) {
      const begin = performance.now()
      try {
        const address = addresses[Math.floor(random() * addresses.length)]
        const headers = { 'Sec-Fetch-Site': 'same-origin', 'X-Agent': agent }
        const response = await fetch(address + path, { ...init, headers })
        latencies.push({ at: Date.now(), took: performance.now() - begin, path })
        if (!response.ok && response.status !== 429) failures.push(`${path} answered ${response.status}`)
        return response
      } catch (error) {
        if (attempt === 20) throw error
        await pause(50)
      }
    }
  }
  const type = (agent, chatId, method) => {
    calls++
    return request(agent, `/v3/chats/${chatId}/typing`, { method })
  }

  async function write(agent, number) {
    const chatId = chatIds[Math.floor(random() * chatIds.length)]
    const stretch = { chatId, from: Date.now(), to: Infinity }
    composing.push(stretch)
    const length = 2_000 + random() ** 3 * 60_000
    await type(agent, chatId, 'POST')
    for (let left = length; left > 0; left -= refresh) {
      await pause(Math.min(left, refresh))
      if (left > refresh && Date.now() < until) await type(agent, chatId, 'POST')
      if (Date.now() >= until) break
    }
    const fate = random()
    if (fate < 0.03) {
      deaths++
      stretch.to = Date.now()
    } else if (fate < 0.5) {
      stretch.to = Date.now()
      const text = `${agent} ${number}`
      await request(agent, `/send/${chatId}`, { method: 'POST', body: text })
      sent.push({ chatId, text })
    } else {
      // Idle for a while, or emptied at once.
      await pause(random() < 0.5 ? Math.min(idle, Math.max(0, until - Date.now())) : 0)
      stretch.to = Date.now()
      await type(agent, chatId, 'DELETE')
    }
  }

  async function live(agent) {
    await pause(random() * 5_000)
    for (let number = 0; Date.now() < until; number++) {
      await write(agent, number)
      await pause(random() * 8_000)
    }
  }

  const done = Promise.all(Array.from({ length: count }, (_, index) => live(`agent ${index}`)))
  return { done, composing, latencies, sent, failures, count: () => ({ calls, deaths }) }
}
