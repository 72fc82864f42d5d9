import { countsAsEdit } from '../../countsAsEdit.js'
import { type Caret, createFieldCaret } from './fieldCaret.js'
import { isFocused, listen, windowOf } from './fieldElement.js'
import { createInputMethod } from './inputMethod.js'

/** A text field that owns its text. */
export interface TextField {
  attach: (element: HTMLTextAreaElement | null) => void
  element: () => HTMLTextAreaElement | null
  /** The text in it now, whoever put it there. */
  text: () => string
  caret: () => Caret | null
  /**
   * Replaces the text from code, which doesn't count as an edit. The caret goes to `caret`; without one it stays inside the
   * text, or at its end.
   */
  write: (text: string, caret?: Caret | null) => void
  /** Takes over what others wrote into it without an event. */
  sync: () => void
  /** Inserts at the caret as a key would: an edit, which can be undone. */
  insert: (text: string) => void
  /** Empties the field, and keeps an IME or dictation from bringing the text back. */
  take: () => void
  isComposing: () => boolean
  /** Runs `then` once nothing is composed. It doesn't end a composition: writing over one would tear it apart. */
  whenComposed: (then: () => void) => void
  /** Ends a composition, and runs `then` once it is in the text. */
  commit: (then: () => void) => void
}

export interface TextFieldHost {
  /**
   * Called for each change that our own code did not make.
   *
   * @param isTyping whether someone wrote: by a key, an IME, a paste, a drop, dictation, undo.
   */
  onEdit: (text: string, isTyping: boolean) => void
  isEditable: () => boolean
}

/** @param initial the text that an element is made with. */
export function createTextField(initial: string, { onEdit, isEditable }: TextFieldHost): TextField {
  let element: HTMLTextAreaElement | null = null
  let known = initial
  /** What a reset of the form takes away and gets back as soon as it is over. */
  let kept: string | null = null
  /** The element, or the last one: a box that Suspense or Activity hides gets it back. */
  let last: HTMLTextAreaElement | null = null
  let unlisten: (() => void)[] = []
  const fieldCaret = createFieldCaret()
  const inputMethod = createInputMethod()

  const current = () => {
    if (element === null) return known
    return kept !== null && element.value === element.defaultValue ? kept : element.value
  }
  const adopt = (isTyping: boolean) => {
    if (current() === known) return
    known = current()
    onEdit(known, isTyping)
  }
  const sync = () => adopt(false)
  const onInput = (event: Event) => {
    if (element === null || element.value === known) return
    kept = null
    const { inputType } = event as Partial<InputEvent>
    // Where something else stands already, someone is typing.
    if (known === '' && inputMethod.isBroughtBack(element.value, inputType)) write('')
    else adopt(countsAsEdit(event))
  }

  function write(text: string, caret?: Caret | null): void {
    kept = null
    known = text
    if (last === null) return
    const place = caret ?? fieldCaret.place(text)
    if (last.value !== text) {
      last.value = text
      // That ends a composition, and no browser says so.
      inputMethod.drop()
    }
    fieldCaret.put(place)
  }

  function insertAtCaret(text: string): void {
    const place = fieldCaret.place()
    if (element === null || place === null) return
    inputMethod.expectNone()
    element.focus()
    let isInserted = false
    // A hidden field takes no focus, and the browser would insert into another one.
    if (isFocused(element)) {
      element.setSelectionRange(...place)
      isInserted = isInsertedByBrowser(element.ownerDocument, text)
    }
    if (!isInserted) element.setRangeText(text, ...place, 'end')
    fieldCaret.put(fieldCaret.place())
    if (isInserted) return
    const { InputEvent } = windowOf(element)
    element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }))
  }

  function listenTo(target: HTMLTextAreaElement): (() => void)[] {
    const view = windowOf(target)
    const keepText = ({ target: form }: Event) => {
      if (form !== target.form) return
      sync()
      const mine = (kept = known)
      const caret = fieldCaret.place()
      const putBack = () => {
        if (kept !== mine || target.value !== target.defaultValue) return
        target.value = mine
        fieldCaret.put(caret)
        // The reset may have ended a composition, and no browser says so.
        inputMethod.end(() => undefined)
      }
      // A reset by a script is over when the script is, one by hand only after the event.
      queueMicrotask(putBack)
      view.setTimeout(() => {
        putBack()
        kept = null
      })
    }
    return [
      // Tools that fill in forms send their event late, or only `change`.
      listen(target, { input: onInput, change: sync, focus: sync, blur: sync }),
      listen(view, { pageshow: sync }),
      // The text is the box's. A reset of the form around it, as React does after a form's action, leaves it.
      listen(target.getRootNode(), { reset: keepText }, true),
    ]
  }

  return {
    attach(next) {
      if (next === element) return
      known = current()
      kept = null
      for (const stop of unlisten) stop()
      inputMethod.follow(next)
      fieldCaret.follow(next)
      element = next
      last = next ?? last
      unlisten = next === null ? [] : listenTo(next)
      // Another text was written into it before there was a script.
      if (next?.value !== initial) return
      // React writes the default again as it renders, which would move the caret of a field nobody has written in yet.
      next.value = initial
      if (known !== initial) write(known)
    },
    element: () => element,
    text: current,
    caret: fieldCaret.place,
    write,
    sync,
    insert(text) {
      if (!isEditable()) return
      if (element === null) {
        write(known + text)
        onEdit(known, true)
      } else inputMethod.end(() => insertAtCaret(text))
    },
    take() {
      inputMethod.expectBack(current())
      write('', [0, 0])
    },
    isComposing: inputMethod.isComposing,
    whenComposed: inputMethod.wait,
    commit: inputMethod.end,
  }
}

/** The only way for code to write something that can be undone. */
function isInsertedByBrowser(document: Document, text: string): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing replaced it
    return document.execCommand('insertText', false, text)
  } catch {
    return false
  }
}
