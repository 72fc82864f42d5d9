import type { LinqChatInit } from 'react-linq-typing/testing'
import type { DemoChat } from '../api.js'

interface DemoChatInit extends Pick<DemoChat, 'name' | 'recipient' | 'about'> {
  chat: Pick<LinqChatInit, 'isGroup' | 'service'>
  /** Whether we left the chat after what was said in it. */
  left?: boolean
  /** What was said, and how many seconds before the start. */
  said: [secondsAgo: number, from: 'us' | 'them', text: string][]
}

/** The chats of the emulated Linq, one for each thing that can become of typing. */
export const demoChats: DemoChatInit[] = [
  {
    name: 'Ada Park',
    recipient: 'Ada',
    about: 'Shows the bubble',
    chat: {},
    said: [
      [140, 'us', 'Your bike is ready. New chain, new brake pads.'],
      [95, 'them', 'Wonderful! How late can I pick it up?'],
      [70, 'us', 'We are here until seven tonight.'],
      [20, 'them', 'And did you find out what was clicking?'],
    ],
  },
  {
    name: 'Sunday riders',
    recipient: 'Lea',
    about: 'Group: refuses typing',
    chat: { isGroup: true },
    said: [
      [130, 'them', 'Same meeting point as last week?'],
      [60, 'us', 'Yes, at the shop, nine o’clock.'],
    ],
  },
  {
    name: 'Jonas Weber',
    recipient: 'Jonas',
    about: 'SMS: shows no bubble',
    chat: { service: 'SMS' },
    said: [
      [120, 'them', 'Do you repair e-bikes?'],
      [45, 'us', 'We do. Which motor does yours have?'],
    ],
  },
  {
    name: 'Mira Costa',
    recipient: 'Mira',
    about: 'Quiet, so no bubble yet',
    chat: {},
    said: [
      [900, 'us', 'The helmet you asked for came in.'],
      [720, 'them', 'Great, I will come by this week.'],
    ],
  },
  {
    name: 'Book club',
    recipient: 'Theo',
    about: 'You left: refuses everything',
    chat: { isGroup: true },
    left: true,
    said: [
      [240, 'them', 'Next one is “The Third Policeman”.'],
      [200, 'us', 'Lovely, but I am moving away. Goodbye!'],
    ],
  },
]
