import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { alias } from '../vite.config.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  root: path('.'),
  // What is bundled for one is thrown away for the other, even while a server of the other runs.
  cacheDir: path(`../node_modules/.vite-example/${process.env.NODE_ENV ?? 'development'}`),
  plugins: [react()],
  resolve: { alias },
  build: { outDir: path('./page.local') },
  // All that the page needs, so that it is not reloaded when something is found late.
  optimizeDeps: {
    include: [
      'react',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react-dom/client',
      '@tanstack/react-query',
      'lodash.debounce',
    ],
  },
  server: { fs: { allow: [path('..')] } },
})
