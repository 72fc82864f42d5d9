import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, inject, it } from 'vitest'

const { consumer } = inject('packed')

const page = `
  const html = renderToString(
    h(main.TypingProvider, { fetcher: async () => {} }, h(main.ComposeBox, { chatId: 'a', onSend() {} })),
  )
  const exported = [main, server, redis, testing].map((entry) => Object.keys(entry).filter((name) => name !== '__esModule').sort())
  console.log(JSON.stringify({ exported, hasField: html.includes('<textarea') }))
`
const names = {
  react: 'createElement: h',
  'react-dom/server': 'renderToString',
}
const entries = { main: '', server: '/server', redis: '/redis', testing: '/testing' }
const scripts = {
  'esm.mjs': [
    ...Object.entries(names).map(([from, name]) => `import { ${name.replace(':', ' as')} } from '${from}'`),
    ...Object.entries(entries).map(([name, path]) => `import * as ${name} from 'react-linq-typing${path}'`),
  ],
  'cjs.cjs': [
    ...Object.entries(names).map(([from, name]) => `const { ${name} } = require('${from}')`),
    ...Object.entries(entries).map(([name, path]) => `const ${name} = require('react-linq-typing${path}')`),
  ],
}

describe('a Node app', () => {
  it.each(Object.entries(scripts))(
    'in %s loads every entry, lodash.debounce with it, and renders the box (row 85)',
    async (file, lines) => {
      writeFileSync(join(consumer, file), [...lines, page].join('\n'))
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(consumer, file)])
      expect(JSON.parse(stdout)).toEqual({
        exported: [
          [
            'ComposeBox',
            'TypingBubble',
            'TypingError',
            'TypingProvider',
            'createHttpFetcher',
            'createSseFeed',
            'definePolicy',
            'linqPolicy',
            'linqService',
            'useAgentsTyping',
            'useComposeBox',
            'useRecipientTyping',
            'useTypingIndicator',
          ],
          [
            'TypingError',
            'createLinqWebhook',
            'createMemoryStore',
            'createSdkFetcher',
            'createServerTyping',
            'createTypingHub',
            'createTypingProxy',
            'createTypingStream',
          ],
          ['createRedisStore'],
          ['createFakeFeed', 'createLinqEmulator', 'createLinqHandlers', 'routeTyping'],
        ],
        hasField: true,
      })
      expect(stderr).toBe('')
    },
  )
})

describe('TypeScript', () => {
  const app = `
    import 'react-linq-typing/styles.css'
    import { QueryClient } from '@tanstack/react-query'
    import { ComposeBox, createHttpFetcher, createSseFeed, definePolicy, linqPolicy, TypingBubble, TypingError, type TypingFeed, TypingProvider, useAgentsTyping, useRecipientTyping, useTypingIndicator } from 'react-linq-typing'
    import { createFakeFeed, createLinqEmulator } from 'react-linq-typing/testing'

    const linq = createLinqEmulator()
    const fetcher = createHttpFetcher({ baseUrl: '/api/linq', fetch: linq.fetch })
    const policy = definePolicy({ ...linqPolicy, idleTimeout: 8_000 })
    const feeds: TypingFeed[] = [createSseFeed({ url: '/api/typing/stream' }), createFakeFeed().feed]
    function Field() {
      const { inputProps, status } = useTypingIndicator('a', { onError: (error: TypingError) => error.reason })
      const since: number | null = useRecipientTyping('a').since
      return <input {...inputProps} aria-label={status} title={String(since ?? useAgentsTyping('a')[0]?.id)} />
    }
    export const page = (
      <TypingProvider fetcher={fetcher} feed={feeds[0]} policy={policy} queryClient={new QueryClient()}>
        <Field />
        <TypingBubble chatId="a" name={(handle: string) => handle} />
        <ComposeBox chatId="a" onSend={(text: string) => text.length} />
      </TypingProvider>
    )
    // @ts-expect-error a box has an onSend
    export const wrong = <ComposeBox chatId="a" />
  `
  const service = `
    import LinqAPIV3 from '@linqapp/sdk'
    import { createRedisStore, type RedisClient, type RedisStore } from 'react-linq-typing/redis'
    import { createLinqWebhook, createTypingHub, createTypingProxy, createTypingStream, type LinqWebhookEvent } from 'react-linq-typing/server'

    export const answer: (request: Request) => Promise<Response> = createTypingProxy({
      linq: new LinqAPIV3({ apiKey: 'key' }),
      authorize: (request, chatId) => chatId !== request.url,
    })
    const hub = createTypingHub()
    export const webhook: (request: Request) => Promise<Response> = createLinqWebhook({
      secret: () => 'whsec_',
      hub,
      onEvent: (event: LinqWebhookEvent) => event.event_type,
    })
    export const stream: (request: Request) => Promise<Response> = createTypingStream({
      identify: () => ({ actor: 'ada', maySee: (chatId: string) => chatId === 'a' }),
      hub,
    })
    export const store = (client: RedisClient): RedisStore => createRedisStore({ client })
  `

  it.each([
    { resolution: 'bundler', module: 'esnext', compiler: 'typescript' },
    { resolution: 'bundler', module: 'esnext', compiler: 'typescript-7' },
    { resolution: 'nodenext', module: 'nodenext', compiler: 'typescript' },
    { resolution: 'nodenext', module: 'nodenext', compiler: 'typescript-7' },
  ])('resolves every entry, and the stylesheet, by $resolution in $compiler (row 85)', async (given) => {
    const { resolution, module, compiler } = given
    const folder = join(consumer, `${resolution}-${compiler}`)
    const tsc = fileURLToPath(new URL(`../../node_modules/${compiler}/bin/tsc`, import.meta.url))
    mkdirSync(folder)
    const shared = {
      target: 'es2022',
      module,
      moduleResolution: resolution,
      jsx: 'react-jsx',
      strict: true,
      noEmit: true,
    }
    // Types that can't do without Node's would fail on Workers, Bun and Deno.
    const options = { ...shared, noUncheckedSideEffectImports: true, skipLibCheck: false, types: [] }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'app.tsx'), app)
    writeFileSync(join(folder, 'service.ts'), service)
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }))
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
      (failed: unknown) => failed as { stdout: string },
    )
    expect(stdout).toBe('')
  })
})
