import { countsAsEdit } from '../../countsAsEdit.js'
import { createComposition } from './composition.js'
import { type Caret, createFieldCaret } from './fieldCaret.js'
import { isFocused } from './isFocused.js'
import { isUntoldKey } from './isUntoldKey.js'
import { createLateInput } from './lateInput.js'
import { windowOf } from './windowOf.js'

/** A text field, as the owner of its text. */
export interface TextField {
  /** Follows an element, or none. */
  attach: (element: HTMLTextAreaElement | null) => void
  element: () => HTMLTextAreaElement | null
  /** The text that is in it now, whoever put it there. */
  text: () => string
  caret: () => Caret | null
  /** Puts a text in its place from code: no edit. The caret stays where it can, or goes where it is told. */
  write: (text: string, caret?: Caret | null) => void
  /** Takes over what others wrote into it without telling. */
  sync: () => void
  /** Inserts at the caret as a key would: an edit, with its place among what can be undone. */
  insert: (text: string) => void
  /** Empties the field, and keeps an input method or dictation from bringing back what was taken. */
  take: () => void
  isComposing: () => boolean
  /** Goes on once nothing is composed, which it leaves alone: to write over it tears it apart. */
  whenComposed: (then: () => void) => void
  /** Ends what an input method composes, and goes on when it is in the text. */
  commit: (then: () => void) => void
}

/** Who is told of what happens in a field, and asked what may. */
export interface TextFieldHost {
  /**
   * Told of each change that code of ours did not make.
   *
   * @param isTyping whether someone wrote: by a key, an input method, a paste, a drop, dictation, undo.
   */
  onEdit: (text: string, isTyping: boolean) => void
  isEditable: () => boolean
}

/** @param initial what an element has in it when it is made. */
export function createTextField(initial: string, { onEdit, isEditable }: TextFieldHost): TextField {
  let element: HTMLTextAreaElement | null = null
  let known = initial
  let detach: (() => void) | null = null
  const fieldCaret = createFieldCaret()
  const composition = createComposition()
  const late = createLateInput()

  const adopt = (isTyping: boolean) => {
    if (element === null || element.value === known) return
    known = element.value
    onEdit(known, isTyping)
  }
  const sync = () => adopt(false)
  const onInput = (event: Event) => {
    if (element === null || element.value === known) return
    if (late.isLate(element.value, (event as Partial<InputEvent>).inputType)) write('')
    else adopt(countsAsEdit(event))
  }

  function write(text: string, caret?: Caret | null): void {
    known = text
    if (element === null) return
    const place = caret ?? (isFocused(element) ? fieldCaret.place() : null)
    if (element.value !== text) {
      element.value = text
      // It ends what was being composed, and no browser tells.
      composition.drop()
    }
    fieldCaret.put(place)
  }

  function insertAtCaret(text: string): void {
    const place = fieldCaret.place()
    if (element === null || place === null) return
    late.end()
    element.focus()
    // A field that can't be seen takes no focus: the browser would insert into another one.
    if (isFocused(element)) {
      element.setSelectionRange(...place)
      if (isInsertedByBrowser(element.ownerDocument, text)) {
        fieldCaret.put(fieldCaret.place())
        return
      }
    }
    element.setRangeText(text, ...place, 'end')
    fieldCaret.put(fieldCaret.place())
    const { InputEvent } = windowOf(element)
    element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }))
  }

  function listen(target: HTMLTextAreaElement): () => void {
    const { form } = target
    const view = windowOf(target)
    const keepText = () => {
      const text = known
      const caret = fieldCaret.place()
      const putBack = () => {
        if (element === target && known === text) write(text, caret)
      }
      // A script's reset is over when the script is; one by hand not before the event is.
      queueMicrotask(putBack)
      view.setTimeout(putBack)
    }
    const listeners: [target: EventTarget | null, type: string, listener: (event: Event) => void][] = [
      [target, 'input', onInput],
      [target, 'compositionstart', late.end],
      [target, 'paste', late.end],
      [target, 'drop', late.end],
      [target, 'keydown', (event) => !isUntoldKey(event as KeyboardEvent) && late.end()],
      // Those who fill in forms tell of it late, or not at all.
      [target, 'change', sync],
      [target, 'focus', sync],
      [view, 'pageshow', sync],
      // The text is the box's: a reset of the form around it, as React makes after a form's action, leaves it.
      [form, 'reset', keepText],
    ]
    for (const [on, type, listener] of listeners) on?.addEventListener(type, listener)
    return () => {
      for (const [on, type, listener] of listeners) on?.removeEventListener(type, listener)
    }
  }

  return {
    attach(next) {
      if (next === element) return
      known = element?.value ?? known
      detach?.()
      composition.follow(next)
      fieldCaret.follow(next)
      element = next
      detach = next === null ? null : listen(next)
      // What is not as it was made was written into it, before there was a script.
      if (next?.value !== initial) return
      // React writes the default anew as it renders, and the caret of a field that nobody wrote in yet would go with it.
      next.value = initial
      if (known !== initial) write(known)
    },
    element: () => element,
    text: () => element?.value ?? known,
    caret: fieldCaret.place,
    write,
    sync,
    insert(text) {
      if (!isEditable()) return
      if (element === null) {
        known += text
        onEdit(known, true)
      } else composition.end(() => insertAtCaret(text))
    },
    take() {
      late.expect(element?.value ?? known, composition.committed())
      write('', [0, 0])
    },
    isComposing: composition.isComposing,
    whenComposed: composition.wait,
    commit: composition.end,
  }
}

/** The one way for code to write that can be undone. */
function isInsertedByBrowser(document: Document, text: string): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing took its place
    return document.execCommand('insertText', false, text)
  } catch {
    return false
  }
}
