import type { ComponentProps, Ref, SyntheticEvent } from 'react'
import { printOnce } from '../development.js'
import { type Given, given } from '../given.js'
import type { EnterKey } from './field/enterKey.js'
import type { AccessState } from './field/fieldAccess.js'
import { hasOwnAction } from './ignoreSlotSubmits.js'
import type { MessageBoxState } from './message/messageBoxState.js'

/**
 * Props for the parts of a message box. Pass your own props through the getters: your handlers run first and can prevent
 * ours with `preventDefault()`. `null` counts as left out.
 */
export interface PropGetters {
  /** For the form around the box. Whatever submits it sends: your own submit button, or `requestSubmit()`. */
  getFormProps: (props?: Given<ComponentProps<'form'>> | null) => ComponentProps<'form'>
  /** For the `<textarea>`. The hook itself takes `value`, `defaultValue` and `onValueChange`. */
  getFieldProps: (
    props?: Given<Omit<ComponentProps<'textarea'>, 'value' | 'defaultValue'>> | null,
  ) => ComponentProps<'textarea'>
  /** For the send button. Pressing it leaves the focus in the field, and a phone's keyboard open. */
  getSendButtonProps: (props?: Given<ComponentProps<'button'>> | null) => ComponentProps<'button'>
  /** For the element that announces what is wrong. Render it from the start, empty. */
  getErrorProps: (props?: Given<ComponentProps<'div'>> | null) => ComponentProps<'div'>
  /** For the element that says how many characters are left. */
  getCounterProps: (props?: Given<ComponentProps<'span'>> | null) => ComponentProps<'span'>
}

export interface PropGettersHost extends MessageBoxState, AccessState {
  id: string
  initial: string
  /** Whether the field comes from a server's markup, which is being hydrated. */
  isHydrating: boolean
  /** What the host says. A fieldset, say, may disable the field too. */
  disabled: boolean
  sendsOnEnter: boolean
  enter: EnterKey
  send: () => void
  /** Joins the host's ref to ours. */
  fieldRef: (theirs: Ref<HTMLTextAreaElement> | undefined) => (element: HTMLTextAreaElement | null) => void
}

const misplaced =
  'getFieldProps got a value or a defaultValue, and leaves it out: after a send it would bring the text back. ' +
  'Pass value and onValueChange={setText} (it takes the text itself), or defaultValue, to useComposeBox.'

export function createPropGetters(host: PropGettersHost): PropGetters {
  const { id, send } = host

  return {
    getFormProps: (theirs) => {
      const { onSubmit, ...props } = given(theirs)
      return {
        // Submitted before the script runs, it doesn't load the page again.
        method: props.action === undefined ? 'dialog' : undefined,
        ...props,
        onSubmit(event) {
          onSubmit?.(event)
          // A dialog that a slot opens in a portal may have a form. In React its events bubble up to here.
          if (event.target !== event.currentTarget || hasOwnAction(event)) return
          const isTheirs = event.defaultPrevented
          event.preventDefault()
          if (!isTheirs) send()
        },
      }
    },
    getFieldProps: (theirs) => {
      const { ref, value, ...props } = given<ComponentProps<'textarea'>>(theirs)
      if (process.env.NODE_ENV !== 'production' && (value ?? props.defaultValue) !== undefined)
        printOnce(misplaced)
      return {
        enterKeyHint: host.sendsOnEnter ? 'send' : 'enter',
        rows: 1,
        id,
        ...props,
        ref: host.fieldRef(ref),
        // The text lives in the field; this is what a server renders, and it never changes. If React finds the same string
        // in the field, it writes it again, over what was typed since. It doesn't do that for a list, which looks the same.
        defaultValue: host.isHydrating ? [host.initial] : host.initial,
        disabled: host.disabled || props.disabled,
        'aria-busy': host.isSending,
        'aria-invalid': host.isOverLimit ? true : props['aria-invalid'],
        'aria-describedby': [props['aria-describedby'], `${id}-error`, `${id}-counter`]
          .filter(Boolean)
          .join(' '),
        onKeyDown: after(props.onKeyDown, host.enter.onKeyDown),
      }
    },
    getSendButtonProps: (theirs) => {
      const props = given(theirs)
      return {
        ...props,
        // A submit button pressed before the script runs would load the page again, and lose the text.
        type: 'button',
        disabled: host.isDisabled || props.disabled,
        'aria-disabled': host.isBlank || host.isOverLimit || host.isReadOnly,
        onClick: after(props.onClick, (event) => {
          send()
          // If a host makes it a submit button anyway, a message that fails at once would be sent twice.
          event.preventDefault()
        }),
        onPointerDown: after(props.onPointerDown, keepFocus),
        onMouseDown: after(props.onMouseDown, keepFocus),
      }
    },
    getErrorProps: (theirs) => ({
      role: 'status',
      'aria-atomic': false,
      ...given(theirs),
      id: `${id}-error`,
    }),
    getCounterProps: (theirs) => ({ ...given(theirs), id: `${id}-counter` }),
  }
}

function after<E extends SyntheticEvent>(
  theirs: ((event: E) => void) | null | undefined,
  ours: (event: E) => void,
): (event: E) => void {
  return (event) => {
    theirs?.(event)
    if (!event.defaultPrevented) ours(event)
  }
}

function keepFocus(event: SyntheticEvent): void {
  event.preventDefault()
}
