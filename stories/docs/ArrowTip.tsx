import type { ReactNode } from 'react'

export interface ArrowTipProps {
  /** What `markerEnd` names. */
  id: string
  /** How much of the tip stands before the end of the line, of 8. */
  refX: number
}

/** The tip of a diagram's arrows. */
export function ArrowTip({ id, refX }: ArrowTipProps): ReactNode {
  return (
    <defs>
      <marker id={id} viewBox="0 0 8 8" refX={refX} refY="4" markerWidth="8" markerHeight="8" orient="auto">
        <path d="M0 0L8 4L0 8Z" />
      </marker>
    </defs>
  )
}
