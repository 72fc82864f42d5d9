import { afterAll, vi } from 'vitest'

// Files share a worker. None begins with the clock, the mocks, the classes or the library's memory of the one before, and
// what it leaves running ends with it.
vi.useRealTimers()
vi.restoreAllMocks()
vi.unstubAllGlobals()
vi.unstubAllEnvs()
vi.resetModules()
for (const symbol of Object.getOwnPropertySymbols(globalThis))
  if (Symbol.keyFor(symbol)?.startsWith('react-linq-typing.') === true)
    Reflect.deleteProperty(globalThis, symbol)

const { setTimeout, clearTimeout } = globalThis
const begun: ReturnType<typeof setTimeout>[] = []
globalThis.setTimeout = Object.assign((...args: Parameters<typeof setTimeout>) => {
  const timer = setTimeout(...args)
  begun.push(timer)
  return timer
}, setTimeout)
// Hono's adapter for Node replaces these two.
const classes = ['Request', 'Response'].map(
  (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
)
afterAll(() => {
  globalThis.setTimeout = setTimeout
  begun.forEach((timer) => clearTimeout(timer))
  for (const [name, original] of classes) if (original) Object.defineProperty(globalThis, name, original)
})
