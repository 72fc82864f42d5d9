// app/api/linq-webhook/route.ts
import { createLinqWebhook } from 'react-linq-typing/server'
import { hub } from '@/hub'

const webhook = createLinqWebhook({
  // or several, while you change it
  secret: () => process.env.LINQ_WEBHOOK_SECRET ?? '',
  hub,
  // every verified event, for your own use
  onEvent: (event) => console.log(event.event_type),
})

export { webhook as POST }
