/** Yours: whether the user behind a request may write in a chat, and who it is. */
export function mayWrite(request: Request, chatId: string): { actor: string } | false | 'unauthorized' {
  const user = readUser(request)
  return user === undefined ? 'unauthorized' : user === 'ada' && chatId !== '' && { actor: user }
}

/** Yours: who is behind a request, and which chats that user may read. */
export function whoListens(request: Request): { actor: string; maySee: (chatId: string) => boolean } | null {
  const user = readUser(request)
  return user === undefined ? null : { actor: user, maySee: (chatId) => user === 'ada' && chatId !== '' }
}

function readUser(request: Request): string | undefined {
  return /\buser=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1]
}
