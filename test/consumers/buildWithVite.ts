import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { InlineConfig, Plugin } from 'vite'
import { vi } from 'vitest'

export const root = join(import.meta.dirname, '../../compat/vite')
const folders = { 8: root, 7: `${root}7` }

interface Imports {
  vite: { build: (config: InlineConfig) => Promise<unknown> }
  plugin: { default: (options?: object) => Plugin }
}
const load = async <Kind extends keyof Imports>(name: string, folder = root) => {
  const file = createRequire(join(folder, 'package.json')).resolve(name)
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Imports[Kind]
}

export interface ViteApp {
  /** @default 8 */
  version?: 7 | 8
  /** The stylesheets of the app, in their order. */
  styles: readonly string[]
  tailwind?: 3 | 4
  /** Builds what renders on a server, in place of the page. */
  ssr?: boolean
}

/** Builds the app of `compat/vite` for production, and returns the folder that it is in. */
export async function buildWithVite({
  version = 8,
  styles,
  tailwind,
  ssr = false,
}: ViteApp): Promise<string> {
  const { build } = await load<'vite'>('vite', folders[version])
  const react = await load<'plugin'>('@vitejs/plugin-react', folders[version])
  const outDir = mkdtempSync(join(tmpdir(), 'built-'))
  vi.stubEnv('NODE_ENV', 'production')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      react.default(),
      importStyles(styles),
      tailwind === 4 && (await load<'plugin'>('@tailwindcss/vite')).default(),
    ],
    ...(tailwind === 3 && {
      css: {
        postcss: {
          plugins: [
            (await load<'plugin'>('tailwindcss3')).default({ content: [join(root, '*.jsx')] }) as never,
          ],
        },
      },
    }),
    build: { outDir, emptyOutDir: true, ...(ssr && { ssr: 'server.jsx' }) },
    ...(ssr && { ssr: { noExternal: true } }),
  })
  vi.unstubAllEnvs()
  return outDir
}

function importStyles(styles: readonly string[]): Plugin {
  return {
    name: 'import-styles',
    resolveId: (source) => (source === 'virtual:styles' ? `\0${source}` : undefined),
    load: (id) =>
      id === '\0virtual:styles' ? styles.map((style) => `import '${style}'`).join('\n') : undefined,
  }
}
