import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

let example: ChildProcess
afterEach(() => {
  try {
    // Whatever is left of its group.
    process.kill(-example.pid!, 'SIGKILL')
  } catch {
    // Nothing is.
  }
})

/** Starts the example as a command line does, and resolves with its address. */
async function start(command: string, ...args: string[]): Promise<string> {
  example = spawn(command, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  for await (const line of createInterface(example.stdout!)) {
    const url = /The example is at (\S+)/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('the example did not start')
}

// Windows has no signals, only an end.
it.skipIf(process.platform === 'win32').each([
  ['SIGTERM', 'npm start'],
  ['SIGINT', 'npm start'],
  ['SIGTERM', 'node example/start.js'],
  ['SIGINT', 'node example/start.js'],
] as const)('%s to %s ends the server, though a page listens to it', async (signal, command) => {
  const [name, ...args] = command.split(' ')
  const url = await start(name!, ...args)
  const page = await fetch(new URL('/api/recipient', url))
  expect(page.status).toBe(200)
  const exit = once(example, 'exit')
  example.kill(signal)
  await exit
  await expect(fetch(url)).rejects.toThrow()
  await page.body?.cancel().catch(() => undefined)
})
