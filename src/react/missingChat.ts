import { systemClock } from '../core/clock.js'
import { printOnce } from './development.js'

/** How long somebody may type without a chat id, in milliseconds: a new chat soon gets one. */
const patience = 10_000

/** Prints once, in development, that the chat id is still missing while somebody types. */
export function createMissingChat(): { typedInto: () => void; found: () => void } {
  let since: number | null = null
  return {
    typedInto() {
      const now = systemClock.monotonic()
      since ??= now
      if (now - since >= patience)
        printOnce(
          'someone has been typing for a while in an input without a chatId, so nobody sees them typing. ' +
            'Pass the id of the chat, or enabled: false (announceTyping={false} on a ComposeBox) if typing should not be announced.',
        )
    },
    found() {
      since = null
    },
  }
}
