import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { listen, shut } from '../../example/server/listen.js'
import { env } from './runNode.js'
import type { ServedApp } from './serveApp.js'

/** Starts an app's own server, which says when it listens, and tells at `/api/calls` what reached Linq. */
export async function startServer(folder: string, script: string, ...args: string[]): Promise<ServedApp> {
  const port = await findFreePort()
  const server = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = `http://localhost:${port}`
  await new Promise<void>((resolve, reject) => {
    let said = ''
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)))
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if ((said += chunk).includes(url)) resolve()
    })
  })
  return {
    url,
    calls: async () => (await (await fetch(`${url}/api/calls`)).json()) as string[],
    async close() {
      if (server.exitCode !== null) return
      server.kill()
      await once(server, 'exit')
    },
  }
}

/** A port of this machine that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server, 0)
  await shut(server)
  return port
}
