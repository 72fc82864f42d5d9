import type { ComposeBoxProps } from 'react-linq-typing'
import { mountBox } from './mountBox.js'

/** A compose box in the page, with the caret in its field. */
export function openBox(props?: Partial<ComposeBoxProps>): ReturnType<typeof mountBox> {
  const box = mountBox(props)
  box.field.focus()
  return box
}
