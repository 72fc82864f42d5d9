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

/** How long a command may take to reach Redis and still be carried out, in milliseconds. */
const tolerance = 1_000

export function createScriptRunner<Name extends string>(
  client: RedisClient,
  scripts: Readonly<Record<Name, string>>,
): RunScript<Name> {
  const send = (args: string[]): Promise<unknown> =>
    'call' in client ? client.call(...(args as [string, ...string[]])) : client.sendCommand(args)
  let hashes: Promise<Record<string, string>> | undefined
  /** How far Redis's clock is ahead of ours, in milliseconds. */
  let ahead: number | undefined

  /** A command that a client queued while Redis was down would take a time long past for now. */
  const deadline = () =>
    ahead === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil((performance.now() + ahead + tolerance) * 1_000)

  return async (name, keys, args) => {
    // Every command waits for it, so they leave in the order in which they came.
    const { [name]: hash = '' } = await (hashes ??= hashAll(scripts))
    const rest = [String(keys.length), ...keys, String(deadline()), ...args.map(String)]
    try {
      const reply = await send(['EVALSHA', hash, ...rest]).catch((error: unknown) => {
        if (!is(error, 'NOSCRIPT')) throw error
        return send(['EVAL', scripts[name], ...rest])
      })
      const [now, answer] = JSON.parse(String(reply)) as [number, unknown]
      ahead = now / 1_000 - performance.now()
      return answer
    } catch (error) {
      if (is(error, 'LATE')) ahead = undefined
      throw error
    }
  }
}

function is(error: unknown, code: string): boolean {
  return String((error as { message?: unknown } | null | undefined)?.message).startsWith(code)
}

async function hashAll(scripts: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const hash = async ([name, script]: [string, string]) => [name, await sha1(script)] as const
  return Object.fromEntries(await Promise.all(Object.entries(scripts).map(hash)))
}

async function sha1(script: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(script))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
