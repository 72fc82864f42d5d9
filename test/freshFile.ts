import { vi } from 'vitest'

// Files share a worker. None begins with the clock, the mocks or the library's memory of the one before.
vi.useRealTimers()
vi.restoreAllMocks()
vi.unstubAllGlobals()
vi.unstubAllEnvs()
vi.resetModules()
