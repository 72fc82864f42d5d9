import type { LinqAPIV3 } from '@linqapp/sdk'
import type { DemoChat, DemoMode } from '../api.js'

/** Whoever is behind the app's proxy. */
export interface Upstream {
  mode: DemoMode
  linq: LinqAPIV3
  /** The chats of the demo's one user. */
  listChats: () => Promise<DemoChat[]>
}
