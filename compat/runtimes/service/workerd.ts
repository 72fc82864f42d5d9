import { createService } from './service.js'

let service: ReturnType<typeof createService> | undefined

export default {
  fetch(request: Request, env: { LINQ_URL: string }): Promise<Response> {
    service ??= createService(env.LINQ_URL)
    return service(request)
  },
}
