export { GET, OPTIONS } from '../../../../mounts.local/nextStream'
