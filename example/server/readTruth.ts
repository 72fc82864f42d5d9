import type { DemoTruth, NetworkSwitches } from '../api.js'
import type { DemoLinq } from './createDemoLinq.js'
import type { Typists } from './createTypists.js'

/** How far back calls and bubbles are told, in milliseconds. */
const told = 120_000

/** Reads what the page may know of the emulated Linq: no headers of any call, for they hold its token. */
export function readTruth(
  { emulator, chats, clock, startedAt }: DemoLinq,
  typists: Typists,
  network: NetworkSwitches,
): DemoTruth {
  const now = clock.now()
  const since = Math.max(startedAt, now - told)
  return {
    now,
    network,
    chats: Object.fromEntries(
      chats.map(({ id }) => [
        id,
        {
          sees: emulator.recipientSees(id),
          messages: emulator.messages(id).slice(-60),
          typing: typists.in(id),
          spans: emulator.timeline(id).filter(({ to }) => to === null || to >= since),
        },
      ]),
    ),
    calls: emulator.calls
      .filter(({ sentAt }) => sentAt >= since)
      .map(({ id, action, chatId, sentAt, arrivedAt, answeredAt, goneAt, status }) => ({
        id,
        action,
        chatId,
        sentAt,
        arrivedAt,
        answeredAt,
        goneAt,
        status,
      })),
  }
}
