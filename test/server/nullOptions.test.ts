import {
  createLinqWebhook,
  createServerTyping,
  createTypingHub,
  createTypingStream,
  type LinqWebhookOptions,
  type ServerTypingOptions,
  type TypingHubOptions,
  type TypingProxyOptions,
  type TypingStreamOptions,
} from 'react-linq-typing/server'
import { describe, expect, it } from 'vitest'
import { setUp } from './setUp.js'
import { linqEvent, secret, signed } from './webhook/linqCalls.js'

/** The options of each maker that may be left out. */
const proxy: Partial<TypingProxyOptions> = {
  ...{ hub: null, allowedOrigins: null, trustForwardedHost: null, timeout: null },
  ...{ knowsService: null, onError: null, onEvent: null },
}
const work: Partial<ServerTypingOptions> = {
  ...{ hub: null, actor: null, name: null, tenant: null, onError: null, onEvent: null },
}
const hub: TypingHubOptions = { store: null, onEvent: null, onError: null }
const webhook: Partial<LinqWebhookOptions> = { hub: null, tenant: null, onEvent: null, onError: null }
const stream: Partial<TypingStreamOptions> = {
  ...{ allowedOrigins: null, trustForwardedHost: null, onError: null, onEvent: null },
}

const each = (options: object) => Object.keys(options).map((name) => [name, { [name]: null }] as const)

describe('null for an option is as good as left out', () => {
  it.each(each(proxy))('%s of the proxy', async (_name, options) => {
    const { page } = setUp(options)
    expect((await page('POST')).status).toBe(204)
  })

  it.each(each(work))('%s of work', async (_name, options) => {
    const { sdk, linq, chatId } = setUp()
    const typing = createServerTyping({ linq: sdk, ...options })
    await typing.during(chatId, () => 'done', null)
    await typing.settled()
    expect(linq.calls.map(({ action }) => action)).toEqual(['start', 'stop'])
  })

  it.each([['all options', null] as const, ...each(hub)])('%s of the hub', async (_name, options) => {
    const { page, linq, chatId } = setUp({ hub: createTypingHub(options) })
    expect([(await page('POST')).status, linq.recipientSees(chatId)]).toEqual([204, true])
  })

  it.each(each(webhook))('%s of the webhook', async (_name, options) => {
    const take = createLinqWebhook({ secret, ...options })
    expect((await take(signed(linqEvent('message.read', {})))).status).toBe(204)
  })

  it.each(each(stream))('%s of the stream', async (_name, options) => {
    const open = createTypingStream({ hub: createTypingHub(), identify: () => null, ...options })
    const headers = { 'Sec-Fetch-Site': 'same-origin' }
    expect((await open(new Request('https://app.test/stream', { headers }))).status).toBe(401)
  })
})
