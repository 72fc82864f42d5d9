let pass = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds))

/** Resolves after so many milliseconds: somebody pauses while typing. */
export function wait(milliseconds: number): Promise<void> {
  return pass(milliseconds)
}

/** Replaces how pauses pass. Tests don't wait in real time. */
export function passTimeBy(passTime: (milliseconds: number) => Promise<void>): void {
  pass = passTime
}
