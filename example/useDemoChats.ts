import { useEffect, useState } from 'react'
import type { DemoChats, DemoFailure } from './api.js'

const noServer = 'No server answers here. Start the example with npm start.'

/** Asks the server once for the demo's chats. */
export function useDemoChats(): { chats: DemoChats | null; failure: string | null } {
  const [chats, setChats] = useState<DemoChats | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    load(controller.signal).then(setChats, (error: unknown) => {
      if (!controller.signal.aborted) setFailure(error instanceof Error ? error.message : noServer)
    })
    return () => controller.abort()
  }, [])
  return { chats, failure }
}

async function load(signal: AbortSignal): Promise<DemoChats> {
  const answer = await fetch('/api/chats', { signal })
    .then((response) => response.json() as Promise<DemoChats | DemoFailure>)
    .catch((cause: unknown) => {
      throw new Error(noServer, { cause })
    })
  if ('error' in answer) throw new Error(answer.error.message)
  return answer
}
