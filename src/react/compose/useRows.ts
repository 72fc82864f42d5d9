import { type CSSProperties, type RefObject, useRef } from 'react'
import { useBrowserLayoutEffect } from '../useBrowserLayoutEffect.js'

export interface Rows {
  minRows: number | null | undefined
  maxRows: number | null | undefined
}

/**
 * Tells the stylesheet how many rows a box has. By script, for a page may forbid the inline styles of its markup; a
 * number that is left out is the stylesheet's.
 *
 * @returns the ref of a child of the box's root.
 */
export function useRows(
  { minRows, maxRows }: Rows,
  style = {} as CSSProperties,
): RefObject<HTMLDivElement | null> {
  const child = useRef<HTMLDivElement>(null)
  useBrowserLayoutEffect(() => {
    for (const [name, rows] of Object.entries({ '--rlt-min-rows': minRows, '--rlt-max-rows': maxRows }))
      if (!(name in style)) child.current?.parentElement?.style.setProperty(name, String(rows ?? ''))
  })
  return child
}
