import {
  createTypingHub,
  createTypingProxy,
  type TypingHub,
  type TypingStore,
} from 'react-linq-typing/server'
import type { LinqTypingClient } from 'react-linq-typing/server'
import { at, never, type Process } from './places.js'

/** Server processes, each with a proxy and a hub of its own before one store. */
export interface Servers {
  /** @param call is its id. */
  answer: (process: number, request: Request, call: number) => Promise<Response>
  sent: (process: number, ...message: Parameters<TypingHub['sent']>) => Promise<void>
  /** Kills a process, and starts another in its place. */
  crash: (process: number) => void
  /** Rejects when the process that runs now is killed. */
  killed: (process: number) => Promise<never>
}

interface Server {
  process: Process
  hub: TypingHub | undefined
  proxy: (request: Request) => Promise<Response>
  kill: () => void
  killed: Promise<never>
}

/** @param store without one there is no hub. */
export function createServers(
  client: LinqTypingClient,
  store: TypingStore | undefined,
  clocks: readonly number[],
): Servers {
  const open = (ahead: number): Server => {
    const process = { ahead, isDead: false }
    let kill = () => {}
    const killed = new Promise<never>((_resolve, reject) => {
      kill = () => reject(new TypeError('fetch failed'))
    })
    killed.catch(() => undefined)
    return at({ process }, () => {
      const hub = store && createTypingHub({ store })
      const proxy = createTypingProxy({
        linq: client,
        hub,
        authorize: ({ headers }) => ({ actor: headers.get('x-agent')! }),
      })
      return { process, hub, proxy, kill, killed }
    })
  }
  const servers = clocks.map(open)

  return {
    answer(index, request, call) {
      const { process, proxy } = servers[index]!
      return at({ process, call }, async () => {
        const answer = await proxy(request)
        return process.isDead ? never : answer
      })
    },
    async sent(index, ...message) {
      const { process, hub } = servers[index]!
      await at({ process }, async () => hub?.sent(...message))
    },
    killed: (index) => servers[index]!.killed,
    crash(index) {
      const { process, kill } = servers[index]!
      process.isDead = true
      kill()
      servers[index] = open(process.ahead)
    },
  }
}
