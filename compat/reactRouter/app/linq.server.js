import { createLinqEmulator } from 'react-linq-typing/testing'

export const linq = createLinqEmulator({ inactive: 'shown' })
export const chatId = linq.addChat()
