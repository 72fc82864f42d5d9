import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** Bundles what the example's page needs before any test: two servers that both do it at once spoil it for each other. */
export default async function bundleDependencies(): Promise<void> {
  const vite = await createServer({
    configFile: fileURLToPath(new URL('../../example/vite.config.ts', import.meta.url)),
    server: { middlewareMode: true, ws: false },
    logLevel: 'warn',
  })
  const { depsOptimizer } = vite.environments.client
  await depsOptimizer?.scanProcessing
  for (const { processing } of Object.values(depsOptimizer?.metadata.discovered ?? {})) await processing
  await vite.close()
}
