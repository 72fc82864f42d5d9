const length = (spans) => spans.reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0)

/** What is left of spans outside of other spans. */
function outside(spans, others) {
  let rest = spans
  for (const [from, to] of others)
    rest = rest.flatMap(([start, end]) =>
      [
        [start, Math.min(end, from)],
        [Math.max(start, to), end],
      ].filter(([a, b]) => a < b),
    )
  return rest
}

const sum = (results, read) => results.reduce((total, result) => total + read(result), 0)

function row(name, results, roundTrip) {
  const composing = sum(results, (result) => length(result.composing))
  const covered = composing - sum(results, (result) => length(outside(result.composing, result.bubble)))
  const idle = (allowed) =>
    sum(results, (result) =>
      length(
        outside(
          result.bubble,
          result.composing.map(([from, to]) => [from, to + allowed]),
        ),
      ),
    ) / 1_000
  return {
    class: name,
    messages: results.length,
    'calls per message': (sum(results, (result) => result.calls.length) / results.length).toFixed(2),
    'composing with bubble': `${((100 * covered) / composing).toFixed(2)} %`,
    'bubble, nobody composing': `${idle(0).toFixed(1)} s`,
    'beyond a round trip': `${idle(roundTrip).toFixed(1)} s`,
    'starts after a send': sum(
      results,
      ({ calls, sentAt }) =>
        calls.filter((call) => call.action === 'start' && sentAt !== null && call.sentAt >= sentAt).length,
    ),
    'session timers per key': (
      sum(results, (result) => result.timers) / sum(results, (result) => result.keys)
    ).toFixed(3),
    'renders per key': (
      sum(results, (result) => result.renders) / sum(results, (result) => result.keys)
    ).toFixed(3),
  }
}

/** Prints what a replay came to, by class and in all. */
export function report(results, roundTrip) {
  const classes = [...new Set(results.map((result) => result.cls))]
  const rows = classes.map((cls) =>
    row(
      cls,
      results.filter((result) => result.cls === cls),
      roundTrip,
    ),
  )
  const all = row('all', results, roundTrip)
  for (const [name, text] of Object.entries(all)) {
    const cells = [...rows, all].map((entry) => String(entry[name]).padStart(10))
    console.log(`${(name === 'class' ? '' : name).padEnd(26)}${cells.join('')}`, text === undefined ? '' : '')
  }
  console.log()
}
