import type { ReactNode } from 'react'
import { ComposeBox, type ComposeBoxProps } from 'react-linq-typing'

/** Two boxes that write in one chat, as a thread and its side panel do. */
export function TwoInputs(props: ComposeBoxProps): ReactNode {
  return (
    <div style={{ display: 'grid', gap: '0.75rem' }}>
      <ComposeBox {...props} label="Message" placeholder="In the conversation" />
      <ComposeBox {...props} label="Message in the panel" placeholder="In a panel beside it" />
    </div>
  )
}
