// app/api/linq-webhook/route.ts
import { createLinqWebhook } from 'react-linq-typing/server'
import { hub } from './hub'

const webhook = createLinqWebhook({
  secret: () => process.env['LINQ_WEBHOOK_SECRET'] ?? '', // or several, while you change it
  hub,
  onEvent: (event) => console.log(event.event_type), // every verified event, for your own use
})

export { webhook as POST }
