import { userEvent } from 'vitest/browser'

/** Pastes a text that was copied in another field, by the keys. */
export async function paste(field: HTMLTextAreaElement, text: string): Promise<void> {
  const source = document.body.appendChild(document.createElement('textarea'))
  source.value = text
  source.select()
  await userEvent.keyboard('{Control>}c{/Control}')
  source.remove()
  field.focus()
  await userEvent.keyboard('{Control>}v{/Control}')
}
