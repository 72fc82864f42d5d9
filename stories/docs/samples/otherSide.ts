import { createLinqEmulator } from 'react-linq-typing/testing'

export const linq = createLinqEmulator({
  webhooks: {
    secret: `whsec_${btoa('any secret, the one of your server')}`,
    to: 'http://localhost:3000/webhooks/linq', // or a handler: (request) => Promise<Response>
  },
  webhookNetwork: ({ attempts }) => ({
    lost: attempts.length === 0, // the first attempt; the retry arrives
    copies: 2,
    delay: (copy) => copy * 5_000, // the second copy comes late
  }),
})

const chatId = linq.addChat()
linq.recipientTypes(chatId)
linq.recipientSends(chatId, 'On my way')
