// app/routes/linqWebhook.ts, and in app/routes.ts: route('api/linq-webhook', 'routes/linqWebhook.ts')
import { createLinqWebhook, createTypingHub } from 'react-linq-typing/server'
import type { ActionFunctionArgs } from 'react-router'

const webhook = createLinqWebhook({
  secret: () => process.env.LINQ_WEBHOOK_SECRET ?? '',
  hub: createTypingHub(),
})

export const action = ({ request }: ActionFunctionArgs) => webhook(request)
