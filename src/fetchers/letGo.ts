/**
 * Gives up a body unread, which would hold its connection otherwise. Nothing waits for that, and nothing fails by it:
 * node-fetch's body, say, is a stream of Node's, which can't be cancelled.
 */
export async function letGo(body: ReadableStream | null | undefined): Promise<void> {
  try {
    await body?.cancel()
  } catch {
    // The call was accepted all the same.
  }
}
