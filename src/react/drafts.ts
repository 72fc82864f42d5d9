/** What was written and not sent, by chat. In memory only; the oldest are forgotten first. */
export interface Drafts {
  get: (chatId: string) => string
  set: (chatId: string, text: string) => void
}

const most = 200

export function createDrafts(): Drafts {
  const drafts = new Map<string, string>()
  return {
    get: (chatId) => drafts.get(chatId) ?? '',
    set(chatId, text) {
      drafts.delete(chatId)
      if (text === '') return
      drafts.set(chatId, text)
      const [oldest] = drafts.keys()
      if (drafts.size > most && oldest !== undefined) drafts.delete(oldest)
    },
  }
}
