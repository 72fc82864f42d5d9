import { fileURLToPath } from 'node:url'
import { optimizeDeps, resolveConfig } from 'vite'

/** Bundles what the example's page needs before any test: two servers that both do it at once spoil it for each other. */
export default async function bundleDependencies(): Promise<void> {
  const configFile = fileURLToPath(new URL('../../example/vite.config.ts', import.meta.url))
  await optimizeDeps(await resolveConfig({ configFile, logLevel: 'warn' }, 'serve'))
}
