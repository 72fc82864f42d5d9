import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const entry = fileURLToPath(new URL('../dist/index.js', import.meta.url))

/** Prints what an app downloads for an import, minified and gzipped, without React and TanStack Query. */
export async function measureBytes() {
  console.log('Bytes, minified and gzipped, lodash.debounce included, React and TanStack Query not:')
  for (const names of [
    'useTypingIndicator, TypingProvider, createHttpFetcher',
    'ComposeBox, TypingProvider, createHttpFetcher',
  ]) {
    const { output } = await build({
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        minify: true,
        rolldownOptions: {
          input: 'entry',
          external: [/^react/, /^@tanstack/],
          preserveEntrySignatures: 'strict',
        },
      },
      plugins: [
        {
          name: 'entry',
          resolveId: (id) => (id === 'entry' ? id : undefined),
          load: (id) => (id === 'entry' ? `export { ${names} } from ${JSON.stringify(entry)}` : undefined),
        },
      ],
    })
    const bytes = output.reduce(
      (total, chunk) => total + (chunk.type === 'chunk' ? gzipSync(chunk.code).length : 0),
      0,
    )
    console.log(`${names.padEnd(56)}${(bytes / 1_000).toFixed(1)} kB`)
  }
}
