import { build, type BuildOptions } from 'esbuild'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess, type StartedProcess } from './startProcess.js'

const compat = join(import.meta.dirname, '../../compat')
const source = join(compat, 'runtimes/service')
const packages = join(compat, 'runtimes/node_modules')
const nodes = join(compat, 'nodes/node_modules')

export interface Runtime {
  name: string
  binary: string
  /** The file of `compat/runtimes/service` that starts the service there. */
  entry: 'node' | 'bun' | 'deno' | 'workerd'
  args: (port: number) => string[]
}

/** How a worker is bundled. */
export const forWorkers = {
  platform: 'neutral',
  conditions: ['workerd', 'worker', 'import'],
  mainFields: ['module', 'main'],
} satisfies BuildOptions

/** The arguments by which workerd serves what a file describes. */
export const serveByWorkerd = (file: string, port: number) => [
  'serve',
  file,
  `--socket-addr=http=127.0.0.1:${port}`,
]

const onNode = { entry: 'node', args: () => ['node.js'] } as const

const all: Runtime[] = [
  { name: 'this Node', binary: process.execPath, ...onNode },
  { name: 'Node 22', binary: join(nodes, 'node22/bin/node'), ...onNode },
  { name: 'Node 24', binary: join(nodes, 'node24/bin/node'), ...onNode },
  {
    name: 'workerd',
    binary: join(packages, '@cloudflare/workerd-linux-64/bin/workerd'),
    entry: 'workerd',
    args: (port) => serveByWorkerd('workerd.capnp', port),
  },
  {
    name: 'Bun',
    binary: join(packages, '@oven/bun-linux-x64/bin/bun'),
    entry: 'bun',
    args: () => ['bun.js'],
  },
  {
    name: 'Deno',
    binary: join(packages, '@deno/linux-x64-glibc/deno'),
    entry: 'deno',
    args: () => ['run', '--allow-net', '--allow-env', '--no-config', '--unstable-no-legacy-abort', 'deno.js'],
  },
]

/** The runtimes that there are packages of for this system. */
export const runtimes: Runtime[] = all.filter(({ binary }) => existsSync(binary))

/** Builds the service for a runtime, as an app would, and starts it there before the Linq at an address. */
export async function startService(
  { binary, entry, args }: Runtime,
  linqUrl: string,
): Promise<StartedProcess> {
  const built = mkdtempSync(join(tmpdir(), 'service-'))
  await build({
    entryPoints: [join(source, `${entry}.ts`)],
    outdir: built,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    // The project's own would lead to its source.
    tsconfigRaw: '{}',
    ...(entry === 'workerd' ? forWorkers : { platform: 'node' }),
  })
  copyFileSync(join(source, 'workerd.capnp'), join(built, 'workerd.capnp'))

  const { url, close } = await startProcess(binary, args, built, { LINQ_URL: linqUrl })
  return {
    url,
    async close() {
      await close()
      rmSync(built, { recursive: true })
    },
  }
}
