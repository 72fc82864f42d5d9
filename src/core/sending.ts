/** Reports once, later, whether a message left. */
export function watchSending(sending: PromiseLike<unknown>, onSettled: (hasLeft: boolean) => void): void {
  void Promise.resolve(sending).then(
    (value) => onSettled(!isRefused(value)),
    () => onSettled(false),
  )
}

/**
 * Whether what a send or a call resolved to says that it was refused: a `Response`, or anything of its shape, with `ok` false
 * and a `status` of 400 or more. Every other value means that it was not.
 */
export function isRefused(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  try {
    const { ok, status } = value as { ok?: unknown; status?: unknown }
    return ok === false && typeof status === 'number' && status >= 400
  } catch {
    return false
  }
}
