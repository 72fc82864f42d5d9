/** A promise that is settled from outside. */
export interface Held {
  readonly promise: Promise<void>
  release(): void
  fail(reason: unknown): void
}

/** Makes a promise that waits until it is released or fails. */
export function hold(): Held {
  let release = () => {}
  let fail: (reason: unknown) => void = () => {}
  const promise = new Promise<void>((resolve, reject) => {
    release = resolve
    fail = reject
  })
  return { promise, release: () => release(), fail: (reason) => fail(reason) }
}

/** Lets everything run that waits for no timer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
