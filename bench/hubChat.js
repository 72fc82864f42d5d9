/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * What agents do in a chat: each waits a while, writes for a while, and sends it, throws it away, leaves it lying, or
 * loses the tab.
 *
 * @param diesWith how much of what they write ends with a tab that dies.
 */
export function writeChat({ random, agents, lasts, diesWith }) {
  const between = (least, most) => least + random() * (most - least)
  const moments = []
  for (let agent = 0; agent < agents; agent++) {
    const tab = 2 * agent
    let at = between(0, 60_000)
    while (at < lasts) {
      const end = at + between(4_000, 70_000)
      for (; at < end; at += between(500, 5_000)) moments.push({ at, what: 'edit', tab })
      moments.push({ at, ...ending(tab) })
      at += between(5_000, 90_000)
    }
  }
  moments.sort((one, other) => one.at - other.at)
  return moments.map(({ at, ...event }, index) => ({
    after: Math.round(at) - Math.round(moments[index - 1]?.at ?? 0),
    ...event,
  }))

  function ending(tab) {
    // The same draws whatever dies, so that both chats are alike.
    const [death, kind, process] = [random(), random(), Math.floor(random() * 3)]
    if (death < diesWith) return { what: 'vanish', tab, hangsUp: true }
    if (kind < 0.15) return { what: 'clear', tab }
    // What is left lying ends by itself.
    if (kind < 0.25) return { what: 'edit', tab }
    const telling = { process, by: 'actor', delay: 0, again: null }
    return { what: 'send', tab, takes: 150, delivery: 1_100, telling }
  }
}
