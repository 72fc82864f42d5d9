import { createService } from './service.js'

interface Env {
  LINQ_URL: string
  OTHER_HALF: { getByName: (name: string) => { fetch: (request: Request) => Promise<Response> } }
}

let service: ReturnType<typeof createService> | undefined

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    if (/\/(webhook|stream|listening)$/.test(request.url))
      return env.OTHER_HALF.getByName('all').fetch(request)
    service ??= createService(env.LINQ_URL)
    return service(request)
  },
}

/** Where webhooks and streams meet: a worker has many isolates, and what one request opened is no other's to write to. */
export class OtherHalf {
  readonly fetch: ReturnType<typeof createService>

  constructor(_state: unknown, { LINQ_URL }: Env) {
    this.fetch = createService(LINQ_URL)
  }
}
