export { POST } from '../../../mounts.local/nextWebhook'
