/**
 * Compares what a recipient saw with what the agents meant, knowing nothing of hubs: the stretches in which the bubble
 * was on though nobody composed, and off though somebody did.
 */
export function judge({ chatIds, composing, timelineOf, end }) {
  const ghosts = []
  const gaps = []
  let composed = 0
  for (const chatId of chatIds) {
    const meant = union(
      composing
        .filter((stretch) => stretch.chatId === chatId)
        .map(({ from, to }) => [from, Math.min(to, end)]),
    )
    const seen = union(timelineOf(chatId).map(({ from, to }) => [from, to ?? end]))
    composed += meant.reduce((sum, [from, to]) => sum + to - from, 0)
    for (const stretch of without(seen, meant)) ghosts.push({ chatId, stretch })
    for (const stretch of without(meant, seen)) gaps.push({ chatId, stretch })
  }
  const total = (stretches) => stretches.reduce((sum, { stretch: [from, to] }) => sum + to - from, 0)
  const longest = (stretches) => Math.max(0, ...stretches.map(({ stretch: [from, to] }) => to - from))
  return {
    composed,
    ghost: total(ghosts),
    gap: total(gaps),
    longestGhost: longest(ghosts),
    longestGap: longest(gaps),
  }
}

/** Merges stretches that touch. */
function union(stretches) {
  const merged = []
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** What is left of some stretches where others are taken away. */
function without(stretches, others) {
  return stretches.flatMap((stretch) => {
    let rest = [stretch]
    for (const [from, to] of others)
      rest = rest.flatMap(([a, b]) =>
        to <= a || from >= b
          ? [[a, b]]
          : [
              [a, Math.min(b, from)],
              [Math.max(a, to), b],
            ].filter(([c, d]) => c < d),
      )
    return rest
  })
}
