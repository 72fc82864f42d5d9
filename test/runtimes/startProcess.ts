import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findFreePort } from '../consumers/startServer.js'

export interface StartedProcess {
  url: string
  /** Ends it; throws if it had ended by itself, or printed anything. */
  close: () => Promise<void>
}

/** Starts a server on a free port, which it is told in `PORT`, and waits until it answers. */
export async function startProcess(
  binary: string,
  args: (port: number) => string[],
  cwd: string,
  env: Record<string, string>,
): Promise<StartedProcess> {
  const port = await findFreePort()
  const server = spawn(binary, args(port), {
    cwd,
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  const throwIfEnded = () => {
    if (server.exitCode !== null) throw new Error(`the server ended: ${said}`)
  }
  const url = `http://localhost:${port}`
  while (!(await fetch(url).catch(() => null))) {
    throwIfEnded()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url,
    async close() {
      throwIfEnded()
      server.kill()
      await once(server, 'exit')
      if (said !== '') throw new Error(`the server printed: ${said}`)
    },
  }
}
