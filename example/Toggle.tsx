import { type ReactNode, useId } from 'react'

export interface ToggleProps {
  label: string
  hint: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A switch with a line that says what it does. */
export function Toggle({ label, hint, checked, onChange }: ToggleProps): ReactNode {
  const id = useId()
  return (
    <label className="choice">
      <input
        type="checkbox"
        role="switch"
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-hint`}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        <span id={`${id}-label`}>{label}</span>
        <small id={`${id}-hint`}>{hint}</small>
      </span>
    </label>
  )
}
