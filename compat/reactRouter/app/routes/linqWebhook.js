export { action } from '../../mounts.local/reactRouterWebhook'
