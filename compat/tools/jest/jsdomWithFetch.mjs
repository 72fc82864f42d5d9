import { TestEnvironment } from 'jest-environment-jsdom'

// Node's fetch takes no AbortSignal of jsdom's.
function nodeFetch(input, { signal, ...init } = {}) {
  const controller = new AbortController()
  const abort = () => controller.abort(signal.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  return fetch(input, { ...init, signal: controller.signal })
}

export default class JsdomWithFetch extends TestEnvironment {
  async setup() {
    await super.setup()
    Object.assign(this.global, { fetch: nodeFetch, Headers, Request, Response })
    Object.assign(this.global, { ReadableStream, TextDecoder, TextEncoder })
  }
}
