/** Far more than an error envelope holds, in characters. */
const longest = 65_536

/** How long to wait for a body, in milliseconds. The status and the headers, which came first, count without it. */
const patience = 1_000

type Answer = Pick<Response, 'body' | 'text'>

interface Cancelable {
  cancel?: () => Promise<void>
  destroy?: () => unknown
}

/**
 * Reads a body until it ends, fails, gets too long or takes too long, and cancels the rest. Never rejects.
 *
 * @param isEnough whether the text so far will do.
 */
export async function readBody(
  response: Answer,
  signal: AbortSignal,
  isEnough?: (text: string) => boolean,
): Promise<string> {
  let text = ''
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  const read = async () => {
    const body = response.body as Partial<ReadableStream<Uint8Array>> | null | undefined
    // Not every fetch gives a web stream, and jsdom has no TextDecoder.
    if (typeof TextDecoder !== 'undefined') reader = body?.getReader?.()
    if (!reader) {
      const whole: unknown = await response.text()
      // A test's mock may answer anything.
      if (typeof whole === 'string') text = whole
    } else {
      const decoder = new TextDecoder()
      // Chunks may be empty, and come so fast that no timer runs.
      for (let chunks = 0; chunks < longest; chunks++) {
        const { done, value } = await reader.read()
        text += decoder.decode(value, { stream: true })
        if (done || text.length > longest || isEnough?.(text)) break
      }
    }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)))
  await Promise.race([read().catch(() => undefined), timeUp, aborted(signal)])
  clearTimeout(timer)
  void letGo(reader ?? response.body)
  return text.slice(0, longest)
}

/** Resolves when a signal has fired. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}

/** Cancels a body that nobody reads, so that it frees its connection. Never rejects. */
export async function letGo(body: Cancelable | null | undefined): Promise<void> {
  try {
    // A Node stream, as node-fetch gives, is destroyed.
    await (body?.cancel?.() ?? body?.destroy?.())
  } catch {
    // The answer still counts.
  }
}
