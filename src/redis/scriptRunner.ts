/** A client from `redis` (node-redis) or from `ioredis`, or anything that does the same. */
export type RedisClient =
  | { sendCommand(args: string[]): Promise<unknown> }
  | { call(name: string, ...args: string[]): Promise<unknown> }

/** Runs a script on some keys, and reads the JSON that it returns. */
export type RunScript<Name extends string> = (
  name: Name,
  keys: readonly string[],
  args: readonly (string | number)[],
) => Promise<unknown>

/** How long after it was sent a command may still be carried out, in milliseconds. A hub waits half as long for it. */
const tolerance = 500

export function createScriptRunner<Name extends string>(
  client: RedisClient,
  scripts: Readonly<Record<Name, string>>,
): RunScript<Name> {
  const send = (args: string[]): Promise<unknown> =>
    'call' in client ? client.call(...(args as [string, ...string[]])) : client.sendCommand(args)
  let hashes: Promise<Record<string, string>> | undefined
  /** How far Redis's clock is ahead of ours, in milliseconds. Before that is known, every command comes too late. */
  let ahead = -Infinity

  /** Redis looked at its clock after a command was sent, and before its answer came. */
  function setClock(micros: number, sentAt: number): void {
    const now = micros / 1_000
    ahead = Math.min(Math.max(ahead, now - performance.now()), now - sentAt)
  }

  return async (name, keys, args) => {
    // Every command waits for it, so they leave in the order in which they came.
    const { [name]: hash = '' } = await (hashes ??= hashAll(scripts))
    const firstSentAt = performance.now()
    let sentAt = firstSentAt

    async function run(): Promise<unknown> {
      sentAt = performance.now()
      // A client may have queued the command while Redis was down, and a script takes the present for now.
      const deadline = Math.max(0, Math.ceil((firstSentAt + ahead + tolerance) * 1_000))
      const rest = [String(keys.length), ...keys, String(deadline), ...args.map(String)]
      const reply = await send(['EVALSHA', hash, ...rest]).catch((error: unknown) => {
        if (!says(error, 'NOSCRIPT')) throw error
        return send(['EVAL', scripts[name], ...rest])
      })
      const [now, answer] = JSON.parse(String(reply)) as [number, unknown]
      setClock(now, sentAt)
      return answer
    }

    try {
      return await run()
    } catch (error) {
      const now = /^LATE (\d+)/.exec(messageOf(error))?.[1]
      if (now === undefined) throw error
      setClock(Number(now), sentAt)
      // Redis did nothing. If it answered quickly, only our idea of its time was wrong: our clock stops while we sleep.
      if (performance.now() - firstSentAt > tolerance) throw error
      return run()
    }
  }
}

const messageOf = (error: unknown) => String((error as { message?: unknown } | null | undefined)?.message)

const says = (error: unknown, code: string) => messageOf(error).startsWith(code)

async function hashAll(scripts: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const hash = async ([name, script]: [string, string]) => [name, await sha1(script)] as const
  return Object.fromEntries(await Promise.all(Object.entries(scripts).map(hash)))
}

async function sha1(script: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(script))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
