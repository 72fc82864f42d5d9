import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { env } from './runNode.js'
import type { ServedApp } from './serveApp.js'

/** Starts an app's own server, which prints its address, and tells at `/api/calls` what reached Linq. */
export async function startServer(folder: string, script: string, ...args: string[]): Promise<ServedApp> {
  const server = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)))
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const address = /http:\/\/localhost:\d+/.exec((said += chunk))?.[0]
      if (address !== undefined) resolve(address)
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
