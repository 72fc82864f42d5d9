/** Knows which places have work under way, and which still owe something after their work has ended. */
export interface Unsettled {
  readonly begin: (place: string) => void
  readonly end: (place: string) => void
  /** Nothing is owed there any more. */
  readonly rest: (place: string) => void
  /** Resolves when no place without work owes anything. */
  readonly settled: () => Promise<void>
}

export function createUnsettled(): Unsettled {
  /** How many pieces of work are under way in a place; 0 if it only owes something. */
  const works = new Map<string, number>()
  let waiting: (() => void)[] = []

  function count(place: string, change: number): void {
    works.set(place, (works.get(place) ?? 0) + change)
    tellWaiting()
  }

  function tellWaiting(): void {
    if ([...works.values()].includes(0)) return
    const told = waiting
    waiting = []
    for (const resolve of told) resolve()
  }

  return {
    begin: (place) => count(place, 1),
    end: (place) => count(place, -1),
    rest(place) {
      // New work may have begun since.
      if (works.get(place) === 0) works.delete(place)
      tellWaiting()
    },
    settled: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        tellWaiting()
      }),
  }
}
