export type Span = readonly [from: number, to: number]

/** Spans in order, with those that overlap made one. */
export function union(spans: readonly Span[]): Span[] {
  const merged: [number, number][] = []
  for (const [from, to] of [...spans].sort(([one], [other]) => one - other)) {
    if (to < from) continue
    const last = merged.at(-1)
    if (last !== undefined && from < last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** What of spans lies outside of others. */
export function outside(spans: readonly Span[], others: readonly Span[]): Span[] {
  let rest: Span[] = [...spans]
  for (const [from, to] of others)
    rest = rest.flatMap(([start, end]): Span[] =>
      (
        [
          [start, Math.min(end, from)],
          [Math.max(start, to), end],
        ] as Span[]
      ).filter(([a, b]) => a < b),
    )
  return rest
}
