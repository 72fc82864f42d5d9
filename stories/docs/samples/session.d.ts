export interface Session {
  userId: string
  userName: string
  mayReadIn: (chatId: string) => boolean
  mayWriteIn: (chatId: string) => boolean
}

/** Who is behind a request; `null` if nobody is signed in. */
export function readSession(request: Request): Promise<Session | null>
