/** Something that a store was not told, because it failed. */
export interface MissedCommand {
  /** When it happened, by `performance.now()`. */
  readonly at: number
  /** Tells it to the store. */
  readonly repeat: () => void
}

export interface MissedCommands {
  /**
   * Keeps a command until it is repeated.
   *
   * @param name tells it apart. Of two with the same name, the later one counts.
   */
  readonly keep: (name: string, command: MissedCommand) => void
  /** Repeats everything that was missed. */
  readonly repeatAll: () => void
}

/** How many commands are kept. */
const most = 1_000
/** How long a missed command still matters, in milliseconds. */
const lifetime = 90_000

/**
 * Keeps what a store missed, and repeats it when the store answers again: one command now and then, as a
 * trial, and the others on request.
 *
 * @param getPause for how much longer the store is left alone, in milliseconds.
 */
export function createMissedCommands(getPause: () => number): MissedCommands {
  const kept = new Map<string, MissedCommand>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function repeat(name: string): boolean {
    const command = kept.get(name)
    kept.delete(name)
    if (command === undefined || performance.now() - command.at >= lifetime) return false
    command.repeat()
    return true
  }

  function tryLater(): void {
    if (timer !== undefined || kept.size === 0) return
    timer = setTimeout(
      () => {
        timer = undefined
        ;[...kept.keys()].some(repeat)
      },
      Math.ceil(Math.max(0, getPause())),
    )
    // It must not keep a process alive that has nothing else to do.
    ;(timer as { unref?: () => void }).unref?.()
  }

  return {
    keep(name, command) {
      const former = kept.get(name)
      if (former === undefined ? kept.size < most : former.at <= command.at) kept.set(name, command)
      tryLater()
    },
    repeatAll: () => [...kept.keys()].forEach(repeat),
  }
}
