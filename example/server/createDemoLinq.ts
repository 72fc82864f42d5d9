import { createLinqEmulator, type LinqClock, type LinqEmulator } from 'react-linq-typing/testing'
import type { DemoChat } from '../api.js'
import { demoChats } from './demoChats.js'

/** An emulated Linq in which some things were said already, and its chats. */
export interface DemoLinq {
  emulator: LinqEmulator
  chats: DemoChat[]
  clock: LinqClock
  /** When it was made, on its clock; what was said before is history. */
  startedAt: number
}

/** Makes the demo's Linq, which knows only callers with this token. */
export async function createDemoLinq(clock: LinqClock, token: string): Promise<DemoLinq> {
  const startedAt = clock.now()
  // History happens in the past: the emulator's time is turned back while it does.
  let past = 0
  const emulator = createLinqEmulator({
    token,
    clock: {
      now: () => clock.now() - past,
      setTimeout: (fn, ms) => clock.setTimeout(fn, ms),
      clearTimeout: (handle) => clock.clearTimeout(handle),
    },
    deliveryDelay: () => (past > 0 ? 0 : 1_100),
    // Linq reports a message when it has left, which is after the answer.
    webhookNetwork: ({ event }) => (event.event_type === 'message.sent' ? { delay: 300 } : undefined),
  })

  const chats: DemoChat[] = demoChats.map(({ name, recipient, about, chat, left = false }) => ({
    id: emulator.addChat({ ...chat, name, lastMessageAt: null }),
    name,
    recipient,
    about,
    service: chat.service ?? 'iMessage',
    isGroup: chat.isGroup === true,
    isLeft: left,
  }))
  const idOf = (index: number) => chats[index]?.id ?? ''
  const history = demoChats
    .flatMap(({ said }, index) =>
      said.map(([secondsAgo, from, text]) => ({ secondsAgo, from, text, id: idOf(index) })),
    )
    .sort((one, other) => other.secondsAgo - one.secondsAgo)
  for (const { secondsAgo, from, text, id } of history) {
    past = secondsAgo * 1000
    if (from === 'them') emulator.receive(id, text)
    else await send(emulator, token, id, text)
  }
  past = 0

  for (const { id, isLeft } of chats) if (isLeft) emulator.updateChat(id, { status: 'left' })
  return { emulator, chats, clock, startedAt }
}

async function send({ fetch }: LinqEmulator, token: string, chatId: string, text: string): Promise<void> {
  await fetch(`/v3/chats/${chatId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } }),
  })
}
