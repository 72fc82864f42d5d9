import {
  createLinqWebhook,
  createTypingHub,
  createTypingProxy,
  createTypingStream,
  type StreamIdentity,
  type TypingHub,
} from 'react-linq-typing/server'
import type { StoreLink } from './storeLink.js'
import { at, type Machine, never } from './world.js'

export const secret = `whsec_${btoa('a secret of the fuzzer, and no other')}`

type Handler = (request: Request) => Promise<Response>

/** A server process: a hub, and whatever answers pages and Linq. */
interface Process {
  readonly machine: Machine
  readonly hub: TypingHub
  readonly handlers: { readonly webhook: Handler; readonly stream: Handler; readonly proxy: Handler }
  streams: number
  /** Rejects when it is killed. */
  readonly killed: Promise<never>
  readonly kill: () => void
}

/** Server processes before one store. */
export interface Cluster {
  /** Rejects if the process is not there, or is killed meanwhile. */
  call: (process: number, what: keyof Process['handlers'], request: Request) => Promise<Response>
  sent: (process: number, ...message: Parameters<TypingHub['sent']>) => Promise<void>
  killed: (process: number) => Promise<never>
  /** Kills a process. @returns what starts another in its place. */
  crash: (process: number) => () => void
  isUp: (process: number) => boolean
  streams: () => number
  errors: readonly string[]
}

const accepts = () => Promise.resolve()
const linq = { chats: { typing: { start: accepts, stop: accepts } } }

export function createCluster(
  clocks: readonly number[],
  link: StoreLink,
  identify: (request: Request) => StreamIdentity,
): Cluster {
  const errors: string[] = []
  const open = (ahead: number): Process => {
    const machine: Machine = { ahead, slept: 0, isDead: false, isAbsent: false }
    let kill = () => {}
    const killed = new Promise<never>((_resolve, reject) => {
      kill = () => reject(new TypeError('The process was killed.'))
    })
    killed.catch(() => undefined)
    const onError = (error: unknown) => void errors.push(String(error))
    return at(machine, () => {
      const hub = createTypingHub({ store: link.store })
      const process: Process = {
        ...{ machine, hub, killed, kill, streams: 0 },
        handlers: {
          webhook: createLinqWebhook({ secret, hub, tenant: 'one', onError }),
          stream: createTypingStream({
            ...{ hub, identify, onError },
            onEvent({ type }) {
              if (type === 'stream-opened') process.streams++
              if (type === 'stream-closed') process.streams--
            },
          }),
          proxy: createTypingProxy({
            ...{ linq, hub },
            authorize: ({ headers }) => ({ actor: headers.get('x-agent')!, tenant: 'one' }),
          }),
        },
      }
      return process
    })
  }
  const processes = clocks.map(open)
  const gone = new Set<number>()
  const find = (index: number) => {
    if (gone.has(index)) throw new TypeError('Nobody listens.')
    return processes[index]!
  }

  return {
    async call(index, what, request) {
      const { machine, handlers, killed } = find(index)
      const answering = at(machine, async () => {
        const answer = await handlers[what](request)
        return machine.isDead ? never : answer
      })
      return Promise.race([answering, killed])
    },
    async sent(index, ...message) {
      const { machine, hub, killed } = find(index)
      await Promise.race([at(machine, () => hub.sent(...message)), killed])
    },
    killed: (index) => find(index).killed,
    crash(index) {
      const { machine, kill } = processes[index]!
      machine.isDead = true
      gone.add(index)
      link.drop(machine)
      kill()
      return () => {
        processes[index] = open(machine.ahead)
        gone.delete(index)
      }
    },
    isUp: (index) => !gone.has(index),
    streams: () => processes.reduce((sum, { machine, streams }) => sum + (machine.isDead ? 0 : streams), 0),
    errors,
  }
}
