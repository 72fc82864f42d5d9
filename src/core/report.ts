/** Runs code of the host's: what it throws is the host's to see, and stops nothing here. */
export function report<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown
    })
    return undefined
  }
}
