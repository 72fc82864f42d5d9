import type { Webhook } from 'standardwebhooks'
import { tell } from '../events.js'
import { createOncePerEvent } from '../hub/receivedEvents.js'
import { hubParts } from '../hub/typingHub.js'
import { createMemoryStore } from '../hub/memoryStore.js'
import { isLinqEvent, type LinqWebhookEvent, readChatNews } from '../linqEvent.js'
import { onceAMinute } from '../onceAMinute.js'
import { checkOptions, type LinqWebhookOptions } from './linqWebhookOptions.js'
import { readRawBody } from './rawBody.js'
import { readSecrets } from './webhookSecrets.js'

/** Answers Linq's webhooks; never rejects. */
export type LinqWebhook = (request: Request) => Promise<Response>

/** How long the host's functions may take, in milliseconds. */
const patience = 5_000

/**
 * Makes a handler for Linq's webhooks; mount it anywhere, for `POST`, before anything that reads the body. It verifies
 * their signatures, tells the hub who is typing on the other side, and passes every event on to `onEvent`.
 *
 * @throws TypeError if `secret` is missing, or another option can't work.
 */
export function createLinqWebhook(options: LinqWebhookOptions): LinqWebhook {
  checkOptions(options)
  const { secret, hub, tenant, onEvent, onError } = options
  const parts = hub?.[hubParts]
  const oncePerEvent = parts?.oncePerEvent ?? createOncePerEvent(createMemoryStore())
  const tellOnce = onceAMinute()
  let verifiers = typeof secret === 'function' ? undefined : readSecrets(secret)

  async function getVerifiers(): Promise<Webhook[]> {
    return (verifiers ??= readSecrets(typeof secret === 'function' ? await inTime(secret) : secret))
  }

  async function answer(request: Request): Promise<Response> {
    checkRequest(request)
    if (request.method !== 'POST') return respond(405, { Allow: 'POST' })
    const headers = signatureHeaders(request)
    // Without a signature, the body isn't read.
    if (headers === undefined) return refuse()
    const [body, known] = await Promise.all([readRawBody(request), getVerifiers()])
    if (typeof body === 'number') return respond(body)
    if (!known.some((verifier) => isSignedBy(verifier, body, headers))) return refuse()
    const event = parseJson(body)
    if (!isLinqEvent(event)) return respond(204)
    const sentAt = Number.parseInt(headers['webhook-timestamp'], 10) * 1_000
    // The header has whole seconds. Our clock is more exact, if it is right.
    const deliveredAt = Math.min(Math.max(Date.now(), sentAt), sentAt + 999)
    const arrivedAt = performance.now()
    await oncePerEvent(event, () => handle(event, deliveredAt, arrivedAt))
    return respond(204)
  }

  async function handle(event: LinqWebhookEvent, deliveredAt: number, arrivedAt: number): Promise<void> {
    try {
      if (parts !== undefined && readChatNews(event) !== undefined) {
        const whose = typeof tenant === 'function' ? await inTime(() => tenant(event)) : tenant
        const waited = performance.now() - arrivedAt
        await parts.takeIn(event, { tenant: whose, deliveredAt: deliveredAt + waited })
      }
    } catch (error) {
      tell(onError, error)
    }
    try {
      if (onEvent != null) await inTime(() => onEvent(event))
    } catch (error) {
      tell(onError, error)
    }
  }

  function refuse(): Response {
    tellOnce('unverified', (count) =>
      tell(
        onError,
        new Error(
          `Linq's webhook was called ${count === 1 ? 'once' : `${count} times`} without a valid signature. If it was Linq that called, check that secret belongs to this webhook subscription, that this server's clock is right, and that nothing reads or changes the body first.`,
        ),
      ),
    )
    return respond(401)
  }

  return async (request) => {
    try {
      return await answer(request)
    } catch (error) {
      tell(onError, error)
      return respond(500)
    }
  }
}

type SignatureHeaders = Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>

function signatureHeaders({ headers }: Request): SignatureHeaders | undefined {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) =>
    headers.get(`webhook-${name}`),
  )
  return id && timestamp && signature
    ? { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    : undefined
}

function isSignedBy(verifier: Webhook, body: string, headers: SignatureHeaders): boolean {
  try {
    // It is signed, even if it is nonsense.
    verifier.verify(body, headers, { jsonParse: false })
    return true
  } catch {
    return false
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function inTime<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<never>((_resolve, reject) => {
    const error = new Error(`A function passed to createLinqWebhook took longer than ${patience} ms.`)
    timer = setTimeout(reject, patience, error)
  })
  try {
    return await Promise.race([work(), timeUp])
  } finally {
    clearTimeout(timer)
  }
}

function respond(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...headers, 'Cache-Control': 'no-store' } })
}

function checkRequest(request: Partial<Request> | null | undefined): void {
  if (typeof request?.headers?.get !== 'function')
    throw new TypeError(
      "Linq's webhook takes a web Request, and got something else. In Express, Fastify and node:http, wrap it in getRequestListener from @hono/node-server.",
    )
  if (request.bodyUsed === true)
    throw new TypeError(
      "Linq's webhook was given a request whose body had already been read. The signature covers the raw body, so nothing may read it first.",
    )
}
