export { loader } from '../../mounts.local/reactRouterStream'
