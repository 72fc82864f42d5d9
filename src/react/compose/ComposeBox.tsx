'use client'
import {
  type ComponentProps,
  type CSSProperties,
  forwardRef,
  type ForwardRefExoticComponent,
  type ReactNode,
  type RefAttributes,
  useRef,
} from 'react'
import type { Given } from '../given.js'
import { useBrowserLayoutEffect } from '../useBrowserLayoutEffect.js'
import { composeNotes } from './composeNotes.js'
import { formless } from './formless.js'
import { allLabels, type ReplacedLabels } from './labels.js'
import { ignoreSlotSubmits } from './ignoreSlotSubmits.js'
import { useComposeBox, type UseComposeBoxOptions } from './useComposeBox.js'
import { usePageLabel } from './usePageLabel.js'

type FieldProps = Given<
  Omit<
    ComponentProps<'textarea'>,
    keyof UseComposeBoxOptions | 'children' | 'ref' | 'onError' | 'rows' | 'className' | 'style'
  >
>

export interface ComposeBoxProps extends UseComposeBoxOptions, FieldProps {
  /** The field's name for screen readers. A `<label>` on the page replaces it. @default 'Message' */
  label?: string | null | undefined
  /** Texts to replace the English ones. */
  labels?: ReplacedLabels | null | undefined
  /** Shown before the field: a button to attach a file, say. */
  before?: ReactNode
  /** Shown between the field and the send button: an emoji button, say. */
  after?: ReactNode
  /** The fewest rows the field has. @default 1 */
  minRows?: number | null | undefined
  /** The most rows the field grows to; beyond that it scrolls. @default 8 */
  maxRows?: number | null | undefined
  /** The outer element. Use a `div` inside a form of your own. @default 'form' */
  as?: 'form' | 'div' | null | undefined
  /** Goes to the outer element, like `style`. */
  className?: string | null | undefined
  style?: CSSProperties | null | undefined
}

/**
 * A message box that announces typing and never loses a word. The ref and all other props of a `<textarea>` go to its
 * field.
 */
export const ComposeBox: ForwardRefExoticComponent<ComposeBoxProps & RefAttributes<HTMLTextAreaElement>> =
  forwardRef<HTMLTextAreaElement, ComposeBoxProps>(function ComposeBox(props, ref) {
    const { labels, before, after, className, style, as } = props
    // A missing translation is an empty text.
    const label = [props['aria-label'], props.label].find((name) => name?.trim()) ?? 'Message'
    const minRows = props.minRows ?? 1
    const readOnly = props.readOnly ?? false
    const [isLabelled, fieldRef] = usePageLabel(ref)
    const box = useComposeBox(props)
    const row = useRef<HTMLDivElement>(null)
    // By script, since a page may forbid inline styles in its markup. The stylesheet has the defaults. The row's parent has
    // to be the root.
    useBrowserLayoutEffect(() => {
      const rows = { '--rlt-min-rows': props.minRows, '--rlt-max-rows': props.maxRows }
      for (const [name, count] of Object.entries(rows))
        if (!(name in (style ?? {}))) row.current?.parentElement?.style.setProperty(name, String(count ?? ''))
    })
    const texts = allLabels(labels)
    const root = {
      className: ['rlt-compose', className].filter(Boolean).join(' '),
      style: style ?? undefined,
      // These values come from message/messageBoxState.ts: reading box.text here would re-render with every key.
      ...dataAttributes({
        typing: box.typing.status,
        blank: box.isBlank,
        sending: box.isSending,
        failed: box.isFailed,
        'over-limit': box.isOverLimit,
        disabled: box.isDisabled,
        readonly: box.isReadOnly || readOnly,
      }),
    }

    const content = (
      <>
        <div ref={row} className="rlt-compose-row">
          {before}
          <textarea
            {...box.getFieldProps({
              ...fieldPropsOf(props),
              // A label on the page names it better; so does `aria-labelledby`, once what it names is there.
              'aria-label': isLabelled ? undefined : label,
              readOnly,
              rows: minRows,
              ref: fieldRef,
              className: 'rlt-compose-field',
            })}
          />
          {after}
          {as !== 'div' && noSubmitButton}
          <button {...box.getSendButtonProps({ className: 'rlt-compose-send' })} {...formless}>
            {texts.send}
          </button>
        </div>
        {composeNotes(box, texts, props)}
      </>
    )
    return as === 'div' ? (
      <div {...root}>{content}</div>
    ) : (
      <form {...box.getFormProps({ ...ignoreSlotSubmits, ...root })}>{content}</form>
    )
  })

/**
 * What Enter in a slot's input presses, unless the slot has a submit button. Because it is disabled, nothing is submitted.
 * Widgets that look for a submit button find it too. Without it, their submit would look just like one from
 * `requestSubmit()`. It is hidden twice, since a page's own rules may show every input, or all that is in a row.
 */
const noSubmitButton = (
  <span hidden>
    <input type="submit" disabled hidden />
  </span>
)

type OwnProps = Omit<ComposeBoxProps, keyof FieldProps>

/** What the box reads itself. Everything else goes to the field. */
const ownNames: Record<keyof OwnProps, true> = {
  chatId: true,
  onSend: true,
  onSendFailed: true,
  onSendError: true,
  value: true,
  defaultValue: true,
  onValueChange: true,
  submitMode: true,
  maxLength: true,
  countText: true,
  announceTyping: true,
  isTypingText: true,
  onTypingError: true,
  disabled: true,
  id: true,
  label: true,
  labels: true,
  before: true,
  after: true,
  minRows: true,
  maxRows: true,
  as: true,
  className: true,
  style: true,
}

function fieldPropsOf(props: ComposeBoxProps): FieldProps {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !(name in ownNames)))
}

/** Turns a state into data attributes: true becomes an empty attribute, false none, and a string stays as it is. */
function dataAttributes(state: Record<string, string | boolean>): Record<`data-${string}`, string> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, value]) =>
      value === false ? [] : [[`data-${name}`, value === true ? '' : value]],
    ),
  )
}
