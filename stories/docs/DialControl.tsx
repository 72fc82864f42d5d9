import type { ReactNode } from 'react'

export interface DialControlProps {
  name: string
  /** The default, as CSS. */
  initial: string
  /** What it was turned to. */
  value: string | undefined
  onTurn: (value: string) => void
}

/** A swatch for a colour, a slider for a length or a number. */
export function DialControl({ name, initial, value, onTurn }: DialControlProps): ReactNode {
  const [, light, dark] = /^light-dark\((#\w+), (#\w+)\)$/.exec(initial) ?? []
  if (light !== undefined && dark !== undefined)
    return (
      <input
        type="color"
        aria-label={name}
        value={value ?? (matchMedia('(prefers-color-scheme: dark)').matches ? dark : light)}
        onChange={(event) => onTurn(event.target.value)}
      />
    )

  // A line height in em, rounded to whole pixels, may be a plain number as well.
  const size = /^round\(([\d.]+)em/.exec(initial)?.[1] ?? initial
  const unit = size.replace(/^[\d.]+/, '')
  const most = unit === '' ? 2.4 : Math.max(1, Number.parseFloat(size) * 2)
  return (
    <input
      type="range"
      aria-label={name}
      min={unit === '' ? 1 : 0}
      max={most}
      step={unit === '' ? 0.1 : 0.0625}
      value={Number.parseFloat(value ?? size)}
      onChange={(event) => onTurn(`${event.target.value}${unit}`)}
    />
  )
}
