/** Yours: whether the user behind a request may write in a chat. */
export function mayWrite(request: Request, chatId: string): boolean | 'unauthorized' {
  const user = /\buser=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1]
  return user === undefined ? 'unauthorized' : user === 'ada' && chatId !== ''
}
