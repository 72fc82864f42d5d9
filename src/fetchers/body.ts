/** Far more than an error envelope holds, in bytes. */
const longest = 65_536

/** How long a body is waited for, in milliseconds: the status and the headers that came before it count without it. */
const patience = 1_000

type Answer = Pick<Response, 'body' | 'text'>

/** Reads the body of a refusal, in time and within bounds; what is longer, slower or broken counts as empty. */
export async function readBody(response: Answer, signal: AbortSignal): Promise<string> {
  let text = ''
  const isWhole = await readParts(response, signal, (part, bytes) => {
    text += part
    return bytes <= longest
  })
  return isWhole ? text : ''
}

/** The first character of a body that is no white space; empty if none comes in time. */
export async function startOf(response: Answer, signal: AbortSignal): Promise<string> {
  let start = ''
  await readParts(response, signal, (part, bytes) => {
    start = part.trimStart().slice(0, 1)
    return start === '' && bytes <= longest
  })
  return start
}

/**
 * Gives up a body unread, which would hold its connection otherwise. Nothing waits for that, and nothing fails by it:
 * node-fetch's body, say, is a stream of Node's, which can't be cancelled.
 */
export async function letGo(body: { cancel?: () => Promise<void> } | null | undefined): Promise<void> {
  try {
    await body?.cancel?.()
  } catch {
    // The answer counts all the same.
  }
}

/**
 * Hands over a body part by part, for as long as `wantsMore` says so.
 *
 * @returns whether it came to its end.
 */
function readParts(
  response: Answer,
  signal: AbortSignal,
  wantsMore: (part: string, bytes: number) => boolean,
): Promise<boolean> {
  const reader = readerOf(response)
  return new Promise((resolve) => {
    const finish = (isWhole: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      if (!isWhole) void letGo(reader)
      resolve(isWhole)
    }
    const giveUp = () => finish(false)
    const timer = setTimeout(giveUp, patience)
    signal.addEventListener('abort', giveUp, { once: true })
    const decoder = new TextDecoder()
    let bytes = 0
    const readOn = (): Promise<void> =>
      reader.read().then(({ done, value }) => {
        bytes += value?.byteLength ?? 0
        const part = decoder.decode(value, { stream: !done })
        if (!wantsMore(part, bytes)) giveUp()
        else if (done) finish(true)
        else return readOn()
      })
    if (signal.aborted) giveUp()
    else readOn().catch(giveUp)
  })
}

interface Reader {
  read: () => Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel?: () => Promise<void>
}

/** A reader of the stream; or of the whole text, where a `fetch` of another make has no such stream. */
function readerOf(response: Answer): Reader {
  const { body } = response
  if (typeof (body as Partial<ReadableStream> | null)?.getReader === 'function')
    return (body as ReadableStream<Uint8Array>).getReader()
  return {
    read: async () => ({ done: true, value: new TextEncoder().encode(await response.text()) }),
  }
}
