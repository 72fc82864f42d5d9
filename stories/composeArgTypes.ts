import type { ArgTypes } from '@storybook/react-vite'
import type { ComposeBoxProps, SubmitMode, UseComposeBoxOptions } from 'react-linq-typing'

// Read from the types, each that also takes `null` would get an editor of objects.
const text = { control: 'text' } as const
const count = { control: { type: 'number', min: 0 } } as const
const flag = { control: 'boolean' } as const
const byCode = { control: false } as const

export const useComposeBoxArgTypes = {
  chatId: byCode,
  onSend: byCode,
  onSendFailed: byCode,
  onSendError: byCode,
  // A text that nobody updates can't be edited.
  value: byCode,
  defaultValue: text,
  onValueChange: byCode,
  submitMode: {
    control: 'select',
    options: ['auto', 'enter', 'ctrlEnter', 'none'] satisfies SubmitMode[],
  },
  maxLength: count,
  countText: byCode,
  announceTyping: flag,
  isTypingText: byCode,
  onTypingError: byCode,
  disabled: flag,
  id: text,
} satisfies Record<keyof UseComposeBoxOptions, ArgTypes[string]>

type OwnProps = Exclude<keyof ComposeBoxProps, keyof UseComposeBoxOptions>

export const composeBoxArgTypes = {
  ...useComposeBoxArgTypes,
  label: text,
  before: byCode,
  after: byCode,
  minRows: count,
  maxRows: count,
  as: { control: 'inline-radio', options: ['form', 'div'] satisfies ComposeBoxProps['as'][] },
  className: text,
  style: byCode,
  placeholder: text,
} satisfies Partial<Record<OwnProps, ArgTypes[string]>>
