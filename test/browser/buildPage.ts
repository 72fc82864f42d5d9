import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { alias } from '../../vite.config.js'

/** Builds a page of `page/` into one script. */
export async function buildPage(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('./page', import.meta.url)),
    plugins: [react()],
    resolve: { alias },
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: fileURLToPath(new URL(`./page/${entry}`, import.meta.url)),
        output: { format: 'iife' },
      },
    },
  })
  const [output] = [built].flat()
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined
  if (chunk === undefined) throw new Error('the page was not built')
  return chunk.code
}
