/** Runs the host's code. What it throws surfaces as an uncaught error and stops nothing here. */
export function runSafely<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown
    })
    return undefined
  }
}
