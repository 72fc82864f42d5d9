export { action, loader } from '../../mounts.local/reactRouter'
