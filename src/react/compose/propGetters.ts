import type { ComponentProps, Ref, SyntheticEvent } from 'react'
import type { EnterKey } from './field/enterKey.js'
import type { AccessState } from './field/fieldAccess.js'
import { type Given, given } from './given.js'
import type { MessageBoxState } from './message/messageBox.js'

/**
 * Props for the parts of a message box. Give each getter the props of your own: handlers of yours run first, and what
 * they prevent does not happen. `null` is as good as left out.
 */
export interface PropGetters {
  /** For the form around it all. Whatever submits it sends: a submit button of yours, or `requestSubmit()`. */
  getFormProps: (props?: Given<ComponentProps<'form'>> | null) => ComponentProps<'form'>
  /** For the `<textarea>`. */
  getFieldProps: (props?: Given<ComponentProps<'textarea'>> | null) => ComponentProps<'textarea'>
  /** For the button that sends. It leaves the focus, and a phone's keyboard, where they are. */
  getSendButtonProps: (props?: Given<ComponentProps<'button'>> | null) => ComponentProps<'button'>
  /** For what says that something is wrong, and is announced: it has to be there before, and empty. */
  getErrorProps: (props?: Given<ComponentProps<'div'>> | null) => ComponentProps<'div'>
  /** For what says how many characters are left. */
  getCounterProps: (props?: Given<ComponentProps<'span'>> | null) => ComponentProps<'span'>
}

export interface PropGettersHost extends MessageBoxState, AccessState {
  id: string
  initial: string
  /** Whether the field comes from a server's markup, which is being hydrated. */
  isHydrating: boolean
  /** What the host says. More than that may disable the field itself. */
  disabled: boolean
  sendsOnEnter: boolean
  enter: EnterKey
  send: () => void
  /** The field's own ref, with the host's. */
  fieldRef: (theirs: Ref<HTMLTextAreaElement> | undefined) => (element: HTMLTextAreaElement | null) => void
}

export function createPropGetters(host: PropGettersHost): PropGetters {
  const { id, send } = host

  return {
    getFormProps: (theirs) => {
      const { onSubmit, ...props } = given(theirs)
      return {
        // Submitted before the script came, it stays where it is, and does not load the page anew.
        method: props.action === undefined ? 'dialog' : undefined,
        ...props,
        onSubmit(event) {
          onSubmit?.(event)
          // React lets the form of a dialog that a slot opens bubble up to here, out of its portal.
          if (event.target !== event.currentTarget) return
          const isTheirs = event.defaultPrevented
          event.preventDefault()
          if (!isTheirs) send()
        },
      }
    },
    getFieldProps: (theirs) => {
      const { ref, ...props } = given(theirs)
      return {
        enterKeyHint: host.sendsOnEnter ? 'send' : 'enter',
        rows: 1,
        id,
        ...props,
        ref: host.fieldRef(ref),
        // The text lives in the field; this is what a server writes, and it never changes. Where React finds it in the
        // field, it writes it again, over what was typed since. It doesn't for a list, which reads the same.
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
        // No submit button: pressed before the script came, it would load the page anew, and lose the text.
        type: 'button',
        disabled: host.isDisabled || props.disabled,
        'aria-disabled': host.isBlank || host.isOverLimit || host.isReadOnly,
        onClick: after(props.onClick, (event) => {
          send()
          // Where a host makes it a submit button all the same, a message that failed at once would be sent twice.
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
