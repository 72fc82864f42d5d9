import type { RecipientCall, RecipientTruth } from '../stories/recipient/RecipientTruth.js'

/** Who answers the calls: the emulated Linq, or the real one. */
export type DemoMode = 'emulated' | 'real'

/** A chat as the list shows it. */
export interface DemoChat {
  id: string
  name: string
  /** Whose phone shows it. */
  recipient: string
  service: 'iMessage' | 'SMS' | 'RCS' | null
  isGroup: boolean
  /** Whether we left it. */
  isLeft: boolean
  /** One short line that says what is special about it. */
  about: string
}

/** What `GET /api/chats` answers. */
export interface DemoChats {
  mode: DemoMode
  chats: DemoChat[]
}

/** How the emulated Linq's network behaves. */
export interface NetworkSwitches {
  /** Whether each way takes a second and a half. */
  slow: boolean
  /** What Linq answers instead of the truth. */
  answer: 429 | 500 | 401 | null
}

/** What an agent does in a chat: types, or stopped while somebody else types, so that the stop was withheld. */
export type AgentTyping = 'typing' | 'withheld'

/** What `GET /api/recipient` sends with every event: the emulator's truth, and who types as far as the server knows. */
export interface DemoTruth {
  /** The emulator's own time, in milliseconds; so is every other time here. */
  now: number
  network: NetworkSwitches
  chats: Record<
    string,
    Pick<RecipientTruth, 'sees' | 'messages' | 'spans'> & {
      /** What each agent does there, by their id. */
      typing: Record<string, AgentTyping>
    }
  >
  calls: (RecipientCall & { chatId: string })[]
}

/** What an endpoint answers when it can't do what it was asked. */
export interface DemoFailure {
  error: { reason: string; message: string }
}
