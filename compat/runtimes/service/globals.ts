// Imported before anything else, to see what the modules after it do while they load.

type Function = (...args: unknown[]) => unknown

const before = readGlobals()
const uses: string[] = []
const watched = ['fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'addEventListener'].filter(
  (name) => typeof before.get(name) === 'function',
)
for (const name of watched)
  define(name, (...args: unknown[]) => {
    uses.push(name)
    return (before.get(name) as Function)(...args)
  })

/** Names what was called, added or replaced of the globals so far, and ends the watch. */
export function endLoading(): string[] {
  for (const name of watched) define(name, before.get(name))
  const changed = [...readGlobals()].filter(
    ([key, value]) => !before.has(key) || !Object.is(value, before.get(key)),
  )
  return [...uses, ...changed.map(([key]) => String(key))]
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}

function readGlobals(): Map<string | symbol, unknown> {
  return new Map(Reflect.ownKeys(globalThis).map((key) => [key, read(key)]))
}

function read(key: string | symbol): unknown {
  try {
    return Reflect.get(globalThis, key)
  } catch {
    return undefined
  }
}
