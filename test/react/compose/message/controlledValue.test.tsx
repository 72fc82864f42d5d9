import { fireEvent, screen } from '@testing-library/react'
import { ComposeBox, type ComposeBoxProps, useComposeBox } from 'react-linq-typing'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { linqPage } from '../../linqPage.js'
import { field, press, write } from '../openBox.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function openHost(props: (set: (text: string) => void) => Partial<ComposeBoxProps>) {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const page = linqPage()
  const chatId = page.linq.addChat()
  function Host() {
    const [value, setValue] = useState('')
    return <ComposeBox chatId={chatId} onSend={() => undefined} value={value} {...props(setValue)} />
  }
  page.show(<Host />)
  return { printed, send: (text: string) => (write(text), press('Enter')) }
}

// In this order: what is printed once is printed once for all of them.
describe('a value with onChange but no onValueChange', () => {
  it('prints nothing in production (row 104)', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const { printed, send } = openHost((set) => ({ onChange: (event) => set(event.target.value) }))
    send('hello')
    expect(printed).not.toHaveBeenCalled()
  })

  it('is fine with onValueChange beside it (row 104)', () => {
    const { printed, send } = openHost((set) => ({ onValueChange: set, onChange: () => undefined }))
    send('hello')
    expect(screen.getByRole('textbox')).toHaveValue('')
    expect(printed).not.toHaveBeenCalled()
  })

  it('is fine while the text never changes (row 104)', () => {
    const { printed } = openHost(() => ({ value: 'as it was', readOnly: true }))
    fireEvent.focus(field())
    expect(printed).not.toHaveBeenCalled()
  })

  it('is reported once in development, with the cure (row 104)', () => {
    const { printed, send } = openHost((set) => ({ onChange: (event) => set(event.target.value) }))
    send('hello')
    send('and again')
    expect(printed.mock.calls).toEqual([
      [expect.stringMatching(/value and no onValueChange.*Pass onValueChange=/s)],
    ])
  })
})

describe('a value that goes through getFieldProps', () => {
  function openMarkup() {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const page = linqPage()
    function Host() {
      const [text, setText] = useState('')
      const box = useComposeBox({ chatId: null, onSend: () => undefined })
      const own = { 'aria-label': 'Message', value: text }
      return <textarea {...box.getFieldProps({ ...own, onChange: (event) => setText(event.target.value) })} />
    }
    page.show(<Host />)
    return printed
  }

  it('is left out, so that the field is empty after a send (row 104)', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const printed = openMarkup()
    fireEvent.change(field(), { target: { value: 'hello' } })
    press('Enter')
    fireEvent.focus(field())
    expect(field()).toHaveValue('')
    expect(printed).not.toHaveBeenCalled()
  })

  it('is reported once in development, with the cure (row 104)', () => {
    const printed = openMarkup()
    fireEvent.change(field(), { target: { value: 'hello' } })
    expect(printed.mock.calls).toEqual([
      [expect.stringMatching(/getFieldProps got a value.*onValueChange=.*to useComposeBox/s)],
    ])
  })
})
