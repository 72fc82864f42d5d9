// app/api/linq-webhook/route.ts
import { createLinqWebhook, createTypingHub } from 'react-linq-typing/server'

const webhook = createLinqWebhook({
  secret: () => process.env.LINQ_WEBHOOK_SECRET ?? '',
  hub: createTypingHub(),
})

export { webhook as POST }
