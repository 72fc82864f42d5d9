import { type ReactNode, useId, useState } from 'react'
import { ComposeBox, type ComposeBoxProps } from 'react-linq-typing'

const noteLook = {
  '--rlt-surface': 'light-dark(#fff6d6, #3a3317)',
  '--rlt-line': 'light-dark(#a07d10, #b99a3c)',
} as ComposeBoxProps['style']

/** A box for replies to the customer, and for notes that stay in the team. */
export function NotesAndReplies(props: ComposeBoxProps): ReactNode {
  const [isNote, setNote] = useState(false)
  const id = useId()
  return (
    <div style={{ display: 'grid', gap: '0.5rem' }}>
      <ComposeBox
        {...props}
        announceTyping={!isNote}
        onSend={isNote ? () => undefined : props.onSend}
        placeholder={isNote ? 'Only your team sees this' : 'Write a message'}
        style={isNote ? noteLook : undefined}
      />
      <label htmlFor={id} style={{ justifySelf: 'start', paddingInlineStart: '0.75rem' }}>
        <input
          id={id}
          type="checkbox"
          checked={isNote}
          onChange={(event) => setNote(event.currentTarget.checked)}
        />{' '}
        Private note
      </label>
    </div>
  )
}
