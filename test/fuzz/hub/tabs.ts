import { createHttpFetcher, linqPolicy } from 'react-linq-typing'
import { createTypingSessions } from '../../../src/core/sessions.js'
import { linqFailures } from '../../../src/linq/failures.js'
import { idle } from '../figures.js'
import type { VirtualTime } from '../virtualTime.js'
import { never } from './places.js'
import type { Composing } from './transcript.js'

/** One tab of an agent: the core in a page, and what its agent really does. */
export interface Tab {
  readonly chat: () => string
  /** The page is told of a colleague's message in a chat. */
  hearMessage: (chat: string) => void
  edit: () => void
  clear: () => void
  send: (sending: Promise<unknown>) => void
  join: (chat: string) => void
  /** Nothing of it runs or arrives any more. */
  die: (hangsUp: boolean) => void
  close: () => void
}

export interface TabWorld {
  time: VirtualTime
  /** Carries a request of the page; `gone` fires when its connections break. */
  fetch: (input: string, init: RequestInit, gone: AbortSignal) => Promise<Response>
  composing: Composing[]
}

const app = 'https://app.test'

export function createTab(tab: number, first: string, { time, fetch, composing }: TabWorld): Tab {
  const gone = new AbortController()
  let isDead = false
  const fetcher = createHttpFetcher({
    baseUrl: app,
    fetch: (input, init) => (isDead ? never : fetch(input, init, gone.signal)),
  })
  const sessions = createTypingSessions({ policy: () => linqPolicy, failures: () => linqFailures, fetcher })
  let chat = first
  let input = sessions.join(chat)
  let current: Composing | undefined

  const end = () => {
    if (current !== undefined) current.to = Math.min(current.to, time.now())
    current = undefined
  }
  return {
    chat: () => chat,
    hearMessage: (told) => sessions.messageTold(told, true),
    edit() {
      const from = time.now()
      if (current === undefined || current.to <= from)
        composing.push((current = { chat, tab, from, to: from + idle }))
      current.to = from + idle
      input.keystroke(true)
    },
    clear() {
      end()
      input.keystroke(false)
    },
    send(sending) {
      end()
      input.sent(sending)
    },
    join(other) {
      end()
      input.leave()
      chat = other
      input = sessions.join(chat)
    },
    die(hangsUp) {
      end()
      isDead = true
      if (hangsUp) gone.abort()
      sessions.close()
    },
    close() {
      end()
      input.leave()
      sessions.close()
    },
  }
}
