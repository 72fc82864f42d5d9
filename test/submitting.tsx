import type { KeyboardEvent, ReactNode } from 'react'

/** A widget that submits its form by Enter as Headless UI's do: with the form's submit button, or else without one. */
export function Submitting({ on }: { on: 'onKeyDown' | 'onKeyPress' | 'onKeyUp' }): ReactNode {
  const submit = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const { form } = event.currentTarget
    const button = [...form!.elements].find(
      (element): element is HTMLButtonElement => (element as Partial<HTMLButtonElement>).type === 'submit',
    )
    if (button === undefined) form!.requestSubmit()
    else button.click()
  }
  return (
    <button type="button" role="switch" aria-checked="false" className="widget" {...{ [on]: submit }}>
      Widget
    </button>
  )
}
