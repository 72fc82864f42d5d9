import { createHttpFetcher, type TypingFetcher } from 'react-linq-typing'
import { createLinqEmulator, type LinqEmulator, type LinqEmulatorOptions } from 'react-linq-typing/testing'

/** An emulated Linq in the page, with one chat. */
export interface DocsLinq {
  readonly emulator: LinqEmulator
  readonly chatId: string
  readonly fetcher: TypingFetcher
  /** Sends a message; rejects where Linq refuses it. */
  readonly send: (text: string) => Promise<void>
}

const baseUrl = 'https://linq.example/api/partner'

/** @param greeting what the recipient wrote before. */
export function createDocsLinq(options?: LinqEmulatorOptions, greeting?: string): DocsLinq {
  const emulator = createLinqEmulator(options)
  const chatId = emulator.addChat()
  if (greeting !== undefined) emulator.receive(chatId, greeting)
  return {
    emulator,
    chatId,
    fetcher: createHttpFetcher({ baseUrl, fetch: emulator.fetch }),
    async send(text) {
      const response = await emulator.fetch(`${baseUrl}/v3/chats/${chatId}/messages`, {
        method: 'POST',
        body: JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } }),
      })
      if (!response.ok) throw new Error(`Linq answered ${response.status}.`)
    },
  }
}
