import type { RecipientSign, StoredRecipient } from './typingStore.js'

interface Recipient {
  /** The place of their last sign among the chat's signs. */
  order: number
  heardAt: number
  /** When their bubble began. */
  since: number
  endsAt: number
}

/** The other side of a chat, by handle: `''` for somebody unknown. */
export interface Recipients {
  known: Map<string, Recipient>
  /** The last sign that ended everybody's bubble. */
  everyone: { order: number; heardAt: number }
}

/** What a sign changes for those who watch. */
export type RecipientChange =
  | ({ readonly type: 'recipient-typing' } & StoredRecipient)
  | { readonly type: 'recipient-idle'; readonly handle: string | undefined }
  | {
      readonly type: 'recipient-message'
      readonly handle: string | undefined
      readonly id: string | undefined
    }

const mostHandles = 50
/** Of two signs at the same time, the greater one counts. */
const ranks = { message: 0, idle: 1, typing: 2 }

export function newRecipients(): Recipients {
  return { known: new Map(), everyone: { order: -1, heardAt: -Infinity } }
}

/** Forgets those who gave no sign for long: nothing older than theirs will come any more. */
export function pruneRecipients({ known, everyone }: Recipients, oldest: number): void {
  for (const [handle, { heardAt }] of known) if (heardAt < oldest) known.delete(handle)
  if (everyone.heardAt < oldest) everyone.order = -1
}

/**
 * Notes a sign, unless something later is known.
 *
 * @returns what it changes, or `undefined` if it was not noted.
 */
export function hearSign(
  { known, everyone }: Recipients,
  sign: RecipientSign,
  { now, lifetime }: { now: number; lifetime: number },
): RecipientChange[] | undefined {
  const { type, handle, id, age } = sign
  const who = handle ?? ''
  const order = Math.floor(sign.at) * 3 + ranks[type]
  const endsAll = who === '' && type !== 'typing'
  const former = known.get(who)
  const isNews = endsAll || order > (former?.order ?? -1)
  if (order <= everyone.order || !(isNews || type === 'message')) return undefined

  if (type === 'typing') {
    if (former === undefined && known.size >= mostHandles) return undefined
    const isOn = former !== undefined && former.endsAt > now
    const since = isOn ? former.since : now - age
    const endsAt = Math.max(now + lifetime - age, former?.endsAt ?? 0)
    known.set(who, { order, heardAt: now, since, endsAt })
    return endsAt > now ? [{ type: 'recipient-typing', handle, age: now - since, endsIn: endsAt - now }] : []
  }

  const changes: RecipientChange[] = []
  const end = (ended: string) => {
    const bubble = known.get(ended)
    if (bubble !== undefined && bubble.order > order) return
    if (bubble !== undefined && bubble.endsAt > now)
      changes.push({ type: 'recipient-idle', handle: ended === '' ? undefined : ended })
    if (endsAll) known.delete(ended)
    else if (bubble !== undefined || ended === '' || known.size < mostHandles)
      known.set(ended, { order, heardAt: now, since: 0, endsAt: 0 })
  }
  if (endsAll) {
    everyone.order = order
    everyone.heardAt = now
    for (const ended of [...known.keys()]) end(ended)
  } else {
    if (isNews) end(who)
    // They may have begun before it was known who they were.
    if (type === 'message') end('')
  }
  // Listeners take a message from an unknown sender as the end of all bubbles.
  const isOverall = !endsAll || ![...known.values()].some(({ endsAt }) => endsAt > now)
  if (type === 'message' && isNews && isOverall) changes.push({ type: 'recipient-message', handle, id })
  return isNews || changes.length > 0 ? changes : undefined
}

/** Lists those whose bubble is on. Whoever began first comes first. */
export function listRecipients({ known }: Recipients, now: number): StoredRecipient[] {
  return [...known]
    .filter(([, { endsAt }]) => endsAt > now)
    .map(([handle, { since, endsAt }]) => ({
      handle: handle === '' ? undefined : handle,
      age: now - since,
      endsIn: endsAt - now,
    }))
    .sort((a, b) => b.age - a.age)
}
