import { act, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ComposeBoxProps, TypingProvider, useComposeBox } from 'react-linq-typing'
import { type ComponentProps, type ReactNode, version } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { Submitting } from '../../submitting.js'
import { field, openBox, press, write } from './openBox.js'

const sides: ('before' | 'after')[] = ['before', 'after']

/** A box with a half-written message and something in a slot. */
function openSlot(side: 'before' | 'after', slot: ReactNode) {
  const box = openBox({ [side]: slot } satisfies Partial<ComposeBoxProps>)
  write('half a mess')
  return { ...box, form: field().form! }
}

/** The submits that would load the page anew. */
function submits(run: () => void): SubmitEvent[] {
  const seen: SubmitEvent[] = []
  const look = (event: SubmitEvent) => {
    if (!event.defaultPrevented) seen.push(event)
    event.preventDefault()
  }
  window.addEventListener('submit', look)
  run()
  window.removeEventListener('submit', look)
  return seen
}

describe('a slot', () => {
  it.each(
    sides.flatMap((side) =>
      [
        <button key="x">Emoji</button>,
        <button key="x" type="submit">
          Emoji
        </button>,
        <input key="x" type="submit" value="Emoji" />,
      ].map((slot) => [(slot.props as { type?: string }).type ?? 'no type', slot.type, side, slot] as const),
    ),
  )('with %s, a <%s> in `%s`, neither sends nor loads the page anew (row 92)', (_, __, side, slot) => {
    const { onSend } = openSlot(side, slot)
    expect(submits(() => fireEvent.click(screen.getByRole('button', { name: 'Emoji' })))).toEqual([])
    expect(onSend).not.toHaveBeenCalled()
    expect(field()).toHaveValue('half a mess')
  })

  it('sends nothing when the form is submitted with its button (row 92)', () => {
    const { onSend, form } = openSlot('after', <button>Emoji</button>)
    const foreign = screen.getByRole('button', { name: 'Emoji' })
    expect(submits(() => form.requestSubmit(foreign))).toEqual([])
    expect(onSend).not.toHaveBeenCalled()
  })

  it.each(['text', 'search', 'number', 'checkbox'])(
    'with an <input type="%s"> sends nothing by Enter (row 92)',
    async (type) => {
      const { onSend } = openSlot('before', <input type={type} aria-label="Find an emoji" />)
      screen.getByLabelText('Find an emoji').focus()
      await userEvent.keyboard('{Enter}')
      expect(onSend).not.toHaveBeenCalled()
      expect(field()).toHaveValue('half a mess')
    },
  )

  it('with an input presses the button beside it by Enter, as any form does (row 92)', async () => {
    const onFind = vi.fn()
    const slot = (
      <>
        <input aria-label="Find an emoji" />
        <button onClick={onFind}>Find</button>
      </>
    )
    const { onSend } = openSlot('after', slot)
    await userEvent.type(screen.getByLabelText('Find an emoji'), 'smile{Enter}')
    expect(onFind).toHaveBeenCalledTimes(1)
    expect(onSend).not.toHaveBeenCalled()
  })

  it.each(['onKeyDown', 'onKeyPress', 'onKeyUp'] as const)(
    'with a widget that submits its form by Enter (%s) sends nothing (row 92)',
    async (on) => {
      const { onSend } = openSlot('after', <Submitting on={on} />)
      screen.getByRole('switch').focus()
      await userEvent.keyboard('{Enter}')
      expect(onSend).not.toHaveBeenCalled()
      expect(field()).toHaveValue('half a mess')
      press('Enter')
      expect(onSend.mock.calls).toEqual([['half a mess']])
    },
  )

  it('with an input that keeps its keys to itself sends nothing by Enter (row 92)', async () => {
    const { onSend } = openSlot('before', <input aria-label="Find an emoji" />)
    const input = screen.getByLabelText('Find an emoji')
    input.addEventListener('keypress', (event) => event.stopPropagation())
    input.focus()
    await userEvent.keyboard('{Enter}')
    expect(onSend).not.toHaveBeenCalled()
  })

  it('with a button that asks the form to submit sends, by a click and by Enter (row 92)', async () => {
    const slot = <button onClick={({ currentTarget }) => currentTarget.form!.requestSubmit()}>Go</button>
    const { onSend } = openSlot('after', slot)
    screen.getByRole('button', { name: 'Go' }).focus()
    await userEvent.keyboard('{Enter}')
    expect(onSend.mock.calls).toEqual([['half a mess']])
    write('more')
    fireEvent.click(screen.getByRole('button', { name: 'Go' }))
    expect(onSend).toHaveBeenLastCalledWith('more')
  })
})

describe('the form of a box', () => {
  // React 18 knows no functions as actions.
  it.runIf(Number.parseInt(version) >= 19)(
    'with a button that has an action of its own runs that, and sends nothing (row 92)',
    async () => {
      const action = vi.fn()
      const { onSend } = openSlot('before', <button formAction={action}>Save</button>)
      await act(async () => {
        screen.getByText('Save').click()
        await Promise.resolve()
      })
      expect(onSend).not.toHaveBeenCalled()
      expect(action).toHaveBeenCalledOnce()
    },
  )

  it('sends when the host asks it to submit (row 92)', () => {
    const { onSend, form } = openSlot('before', <button>Emoji</button>)
    expect(submits(() => form.requestSubmit())).toEqual([])
    expect(onSend.mock.calls).toEqual([['half a mess']])
  })

  it('doesn’t reload the page when it is submitted before the script runs (row 92)', () => {
    const { form } = openSlot('before', <button>Emoji</button>)
    expect(form.method).toBe('dialog')
  })
})

describe('a form of one’s own', () => {
  function openForm(button: ComponentProps<'button'>, onSend: (text: string) => unknown) {
    function Own() {
      const box = useComposeBox({ chatId: 'a', onSend, onSendError: () => undefined })
      return (
        <form {...box.getFormProps()}>
          <textarea {...box.getFieldProps({ 'aria-label': 'Message' })} />
          <button {...box.getSendButtonProps()} {...button}>
            Go
          </button>
        </form>
      )
    }
    render(
      <TypingProvider fetcher={() => Promise.resolve()}>
        <Own />
      </TypingProvider>,
    )
    write('hello')
    return () => fireEvent.click(screen.getByRole('button', { name: 'Go' }))
  }

  it('sends once when the send button is made a submit button', () => {
    const onSend = vi.fn()
    expect(submits(openForm({ type: 'submit' }, (text) => onSend(text) as unknown))).toEqual([])
    expect(onSend.mock.calls).toEqual([['hello']])
  })

  it('tries only once when that send fails at once (row 92)', () => {
    const onSend = vi.fn(() => {
      throw new Error('no')
    })
    expect(submits(openForm({ type: 'submit' }, onSend))).toEqual([])
    expect(onSend).toHaveBeenCalledTimes(1)
    expect(field()).toHaveValue('hello')
  })
})
