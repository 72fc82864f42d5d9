/** Resolves after so many milliseconds: a pause of whoever types. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds))
}
