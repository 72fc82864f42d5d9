import { letGo } from '../../fetchers/body.js'

/** The most that is read, in bytes. */
const most = 262_144
/** How long a body may take, in milliseconds. */
const patience = 10_000

/**
 * Reads a body exactly as it was sent, and cancels what it doesn't read. `content-length` is ignored.
 *
 * @returns the text, or the status to answer with.
 */
export async function readRawBody({ body }: Pick<Request, 'body'>): Promise<string | 413 | 503> {
  if (body === null) return ''
  const reader = body.getReader()
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<503>((resolve) => (timer = setTimeout(resolve, patience, 503)))
  try {
    return await Promise.race([readAll(reader), timeUp])
  } catch {
    // Linq doesn't send an event again after a 400 or a 408.
    return 503
  } finally {
    clearTimeout(timer)
    void letGo(reader)
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | 413> {
  // A byte order mark at the beginning is signed, too.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  for (let length = 0; length <= most;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.byteLength
    text += decoder.decode(value, { stream: true })
  }
  return 413
}
