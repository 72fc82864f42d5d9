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
import { useBrowserLayoutEffect } from '../useBrowserLayoutEffect.js'
import { composeNotes } from './composeNotes.js'
import type { Given } from './given.js'
import { allLabels, type ReplacedLabels } from './labels.js'
import { slotSubmits } from './slotSubmits.js'
import { useComposeBox, type UseComposeBoxOptions } from './useComposeBox.js'
import { usePageLabel } from './usePageLabel.js'

type FieldProps = Given<
  Omit<
    ComponentProps<'textarea'>,
    keyof UseComposeBoxOptions | 'children' | 'ref' | 'onError' | 'rows' | 'className' | 'style'
  >
>

export interface ComposeBoxProps extends UseComposeBoxOptions, FieldProps {
  /** What the field is called, for those who can't see it. A label of the page's own takes its place. @default 'Message' */
  label?: string | null | undefined
  /** Its texts, each of which may be replaced. @default English */
  labels?: ReplacedLabels | null | undefined
  /** What stands before the field: a button to attach a file, say. */
  before?: ReactNode
  /** What stands after the field, before the send button: a button for emoji, say. */
  after?: ReactNode
  /** How many rows it has at the least. @default 1 */
  minRows?: number | null | undefined
  /** How many rows it grows to; from there it scrolls. @default 8 */
  maxRows?: number | null | undefined
  /** The element around it all; a `div` may stand in a form of yours. @default 'form' */
  as?: 'form' | 'div' | null | undefined
  /** Of the element around it all, as is `style`. */
  className?: string | null | undefined
  style?: CSSProperties | null | undefined
}

/**
 * A message box that announces typing, and never loses a word. Other props of a `<textarea>` go to its field, and so
 * does the ref.
 */
export const ComposeBox: ForwardRefExoticComponent<ComposeBoxProps & RefAttributes<HTMLTextAreaElement>> =
  forwardRef<HTMLTextAreaElement, ComposeBoxProps>(function ComposeBox(props, ref) {
    const { labels, before, after, className, style } = props
    const label = props['aria-label'] ?? props.label ?? 'Message'
    const minRows = props.minRows ?? 1
    const readOnly = props.readOnly ?? false
    const [isLabelled, fieldRef] = usePageLabel(ref)
    const box = useComposeBox(props)
    const row = useRef<HTMLDivElement>(null)
    // By script: a page may forbid inline styles in its markup. A number that is left out is the stylesheet's.
    useBrowserLayoutEffect(() => {
      const rows = { '--rlt-min-rows': props.minRows, '--rlt-max-rows': props.maxRows }
      for (const [name, count] of Object.entries(rows))
        if (!(name in (style ?? {}))) row.current?.parentElement?.style.setProperty(name, String(count ?? ''))
    })
    const texts = allLabels(labels)
    const root = {
      className: ['rlt-compose', className].filter(Boolean).join(' '),
      style: style ?? undefined,
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
              // A label of the page's own names it better.
              'aria-label': isLabelled || props['aria-labelledby'] != null ? undefined : label,
              readOnly,
              rows: minRows,
              ref: fieldRef,
              className: 'rlt-compose-field',
            })}
          />
          {after}
          <button {...box.getSendButtonProps({ className: 'rlt-compose-send' })}>{texts.send}</button>
        </div>
        {composeNotes(box, texts, props.maxLength ?? 0)}
      </>
    )
    return props.as === 'div' ? (
      <div {...root}>{content}</div>
    ) : (
      <form {...box.getFormProps({ ...slotSubmits, ...root })}>{content}</form>
    )
  })

type OwnProps = Omit<ComposeBoxProps, keyof FieldProps>

/** What the box reads itself; the rest is the field's. */
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

/** A state as data attributes, by one rule: true is an empty attribute, false none, a text is itself. */
function dataAttributes(state: Record<string, string | boolean>): Record<`data-${string}`, string> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, value]) =>
      value === false ? [] : [[`data-${name}`, value === true ? '' : value]],
    ),
  )
}
