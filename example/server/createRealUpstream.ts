import type { LinqAPIV3 } from '@linqapp/sdk'
import type { DemoChat } from '../api.js'
import type { Upstream } from './Upstream.js'

/** Makes an upstream of the real Linq, with the twenty chats that it lists first. */
export function createRealUpstream(linq: LinqAPIV3): Upstream {
  let listing: Promise<DemoChat[]> | null = null
  return {
    mode: 'real',
    linq,
    listChats() {
      listing ??= list(linq).catch((error: unknown) => {
        listing = null
        throw error
      })
      return listing
    },
  }
}

async function list(linq: LinqAPIV3): Promise<DemoChat[]> {
  const page = await linq.chats.listChats({ limit: 20 })
  return page.getPaginatedItems().map(({ id, display_name, handles, is_group, service }) => {
    const others = handles.flatMap(({ is_me, handle }) => (is_me === true ? [] : [handle]))
    const name = display_name ?? others.join(', ')
    return {
      id,
      name,
      recipient: name,
      service: service ?? null,
      isGroup: is_group,
      isLeft: handles.some(({ is_me, status }) => is_me === true && status !== 'active'),
      about: `${is_group ? 'Group, ' : ''}${service ?? 'service not known yet'}`,
    }
  })
}
