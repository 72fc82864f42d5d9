// What the snippets of README and docs leave to the reader's app.

declare const expect: (typeof import('vitest'))['expect']

declare module '@/session' {
  /** Who is behind a request; `null` if nobody is signed in. */
  export function readSession(request: Request): Promise<{
    userId: string
    userName: string
    mayReadIn: (chatId: string) => boolean
    mayWriteIn: (chatId: string) => boolean
  } | null>
}

/** Made where the proxy is. */
declare const hub: import('react-linq-typing/server').TypingHub
declare const chatId: string
declare const session: { userId: string }

/** The server's own. */
declare const linq: import('@linqapp/sdk').LinqAPIV3
declare const question: string
declare const text: string
declare function writeAnswer(question: string, options: { signal: AbortSignal }): Promise<string>
