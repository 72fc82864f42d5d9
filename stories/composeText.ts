import { fireEvent } from 'storybook/test'

/** A composition of an input method, as a browser tells it. */
export interface Composition {
  /** What is being composed takes the place of what was being composed. */
  compose: (text: string) => Promise<void>
  /** The Enter that belongs to the composition: it commits, and is told with the key code 229. */
  enter: () => Promise<void>
}

/** Begins to compose at the end of a field. */
export async function startComposition(field: HTMLTextAreaElement): Promise<Composition> {
  const from = field.value.length
  let composed = ''
  field.focus()
  await fireEvent.compositionStart(field)
  return {
    async compose(text) {
      composed = text
      await fireEvent.keyDown(field, { key: 'Process', keyCode: 229, isComposing: true })
      await fireEvent.compositionUpdate(field, { data: text })
      field.setRangeText(text, from, field.value.length, 'end')
      await fireEvent(
        field,
        new InputEvent('input', {
          bubbles: true,
          inputType: 'insertCompositionText',
          isComposing: true,
          data: text,
        }),
      )
    },
    async enter() {
      await fireEvent.keyDown(field, { key: 'Enter', keyCode: 229, isComposing: true })
      await fireEvent.compositionEnd(field, { data: composed })
    },
  }
}
