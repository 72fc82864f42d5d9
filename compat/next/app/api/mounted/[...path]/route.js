export { DELETE, OPTIONS, POST } from '../../../../mounts.local/next'
