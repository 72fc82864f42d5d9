/** A chat's id as text, '' without one. Apps without types may pass a number. */
export function chatIdOf(chatId: string | null | undefined): string {
  const id: unknown = chatId ?? ''
  return String(id)
}
