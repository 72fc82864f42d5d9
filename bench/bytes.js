import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { budgets } from './budgets.js'

const react = ['react', 'react-dom', 'react/jsx-runtime']
const peers = [...react, '@tanstack/react-query']

/**
 * Measures each row of the budgets, minified and brotli.
 *
 * @param dist the folder of the built package.
 */
export function measureBytes(dist) {
  return Promise.all(
    budgets.map(async ({ name, imports, part, limit, target }) => {
      const { bytes, outside, modules } = await measure(dist, imports, part)
      return { name, kilobytes: Math.round(bytes / 100) / 10, limit, target, outside, modules }
    }),
  )
}

/** Prints the sizes as the rows of README's table, each with its budget. */
export async function printBytes(dist) {
  console.log('Minified and brotli, lodash.debounce included, React and TanStack Query not:')
  for (const { name, kilobytes, limit, target } of await measureBytes(dist))
    console.log(
      `| ${name.padEnd(38)} | ${kilobytes.toFixed(1).padStart(4)} kB | at most ${limit.toFixed(1)} kB` +
        (target === undefined ? '' : `, on the way to ${target.toFixed(1)} kB`),
    )
}

/** What README's table says of each import: the rows that begin with a name of the budgets. */
export function quotedBytes(readme) {
  return readme
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()))
    .filter(([, name]) => budgets.some((budget) => budget.name === name))
    .map(([, name, quoted]) => ({ name, quoted }))
}

async function measure(dist, imports, part) {
  const contents = `export { ${imports} } from './index.js'`
  if (part === 'stylesheet') return bundle({ entryPoints: [join(dist, 'styles.css')] })
  const first = await bundle({ stdin: { contents, resolveDir: dist }, external: peers })
  if (part === 'later') return bundle({ entryPoints: first.later })
  if (part !== 'peer') return first
  const both = await bundle({ stdin: { contents, resolveDir: dist }, external: react })
  return { ...both, bytes: both.bytes - first.bytes }
}

/** What loads at once; what an `import()` loads later stays outside, and is told apart. */
async function bundle(options) {
  const later = new Set()
  const leaveForLater = {
    name: 'leave for later',
    setup: ({ onResolve, resolve }) =>
      onResolve({ filter: /./ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === later) return undefined
        later.add((await resolve(path, { kind, resolveDir, pluginData: later })).path)
        return { path, external: true }
      }),
  }
  const { outputFiles, metafile } = await build({
    bundle: true,
    minify: true,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [leaveForLater],
    outdir: 'out',
    metafile: true,
    write: false,
    ...options,
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  return {
    bytes: outputFiles.reduce((bytes, { contents }) => bytes + brotliCompressSync(contents).length, 0),
    outside: imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path),
    modules: Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0),
    ),
    later: [...later],
  }
}
