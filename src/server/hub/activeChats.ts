import { ExpiringMap } from '../expiringMap.js'

/** In which chats of each tenant somebody may be typing. */
export interface ActiveChats {
  readonly note: (tenant: string, chatId: string, endsAt: number, now: number) => void
  readonly list: (tenant: string, now: number) => string[]
}

const mostListed = 1_000

export function createActiveChats(): ActiveChats {
  const tenants = new ExpiringMap<{ chats: ExpiringMap<{ endsAt: number }>; endsAt: number }>()
  return {
    note(tenant, chatId, endsAt, now) {
      const { chats, ...rest } = tenants.get(tenant, now) ?? { chats: new ExpiringMap(), endsAt }
      const latest = Math.max(endsAt, chats.get(chatId, now)?.endsAt ?? 0)
      chats.set(chatId, { endsAt: latest }, now)
      tenants.set(tenant, { chats, endsAt: Math.max(rest.endsAt, latest) }, now)
    },
    list: (tenant, now) => (tenants.get(tenant, now)?.chats.keys(now) ?? []).slice(-mostListed),
  }
}
