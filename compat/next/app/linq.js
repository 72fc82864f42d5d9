import { createLinqEmulator } from 'react-linq-typing/testing'

export const chatId = '5f0c8d3e-6a41-4b27-9c1d-2e8b7a90f416'

/** One for every bundle of the server: each has this module for itself. */
export const linq = (globalThis.linq ??= createLinqEmulator({ inactive: 'shown' }))
if (!globalThis.hasChat) globalThis.hasChat = linq.addChat({ id: chatId })
