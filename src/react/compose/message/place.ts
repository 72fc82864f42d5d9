import type { Drafts } from './drafts.js'

/** Where a text belongs: a reply in a chat, or a private note about it. */
export interface Place {
  /** Empty where there is no chat yet. */
  readonly chatId: string
  readonly isNote: boolean
  /** Where it is kept while no box shows it. */
  readonly drafts: Drafts
}

/** Tells places apart: replies and notes of one chat are two. */
export function keyOf({ chatId, isNote }: Pick<Place, 'chatId' | 'isNote'>): string {
  return `${isNote ? 'note' : 'reply'}:${chatId}`
}
