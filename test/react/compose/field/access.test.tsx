import { act, fireEvent, screen } from '@testing-library/react'
import { ComposeBox, type ComposeBoxControls, useComposeBox } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { linqPage, pass } from '../../linqPage.js'
import { button, field, openBox, press, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const box = () => field().closest('.rlt-compose')!
const ways: [name: string, send: () => unknown][] = [
  ['Enter', () => press('Enter')],
  ['Ctrl+Enter', () => press('Enter', { ctrlKey: true })],
  ['the button', () => fireEvent.click(button())],
  ['its form', () => fireEvent.submit(box())],
]

describe('a box that can only be read', () => {
  it.each(ways)('sends nothing by %s (row 106)', (_, send) => {
    const { onSend } = openBox({ readOnly: true, defaultValue: 'as it was' })
    send()
    expect(onSend).not.toHaveBeenCalled()
    expect(field()).toHaveValue('as it was')
    expect(button()).toHaveAttribute('aria-disabled', 'true')
    expect(button()).toBeEnabled()
    expect(box()).toHaveAttribute('data-readonly')
  })

  it('announces nothing when a script writes into it (row 106)', async () => {
    const { calls } = openBox({ readOnly: true })
    write('by a script')
    await pass(1_000)
    expect(calls()).toEqual([])
  })

  it('ends the bubble when it becomes read-only, and sends again afterwards (row 106)', async () => {
    const { change, calls, onSend } = openBox()
    write('hello')
    await pass(1_000)
    change({ readOnly: true })
    expect(calls()).toEqual(['start', 'stop'])
    await pass(1_000)
    press('Enter')
    expect(onSend).not.toHaveBeenCalled()
    change({ readOnly: false })
    expect(box()).not.toHaveAttribute('data-readonly')
    press('Enter')
    expect(onSend.mock.calls.map(([text]) => text)).toEqual(['hello'])
  })
})

/** Markup of one's own, whose field is forbidden by its own props. */
function openMarkup() {
  const page = linqPage()
  const chatId = page.linq.addChat()
  const onSend = vi.fn()
  const latest: { box?: ComposeBoxControls } = {}
  function Markup(props: { disabled?: boolean; readOnly?: boolean }) {
    const controls = useComposeBox({ chatId, onSend })
    latest.box = controls
    return (
      <>
        <textarea {...controls.getFieldProps({ 'aria-label': 'Message', ...props })} />
        <button {...controls.getSendButtonProps()}>Send</button>
      </>
    )
  }
  const view = page.show(<Markup />)
  return {
    ...page,
    onSend,
    controls: () => latest.box!,
    show: (props: { disabled?: boolean; readOnly?: boolean }) => view.show(<Markup {...props} />),
  }
}

describe.each(['disabled', 'readOnly'] as const)('a field of one’s own that is %s', (name) => {
  it(`sends and inserts nothing, and ends the bubble (row ${name === 'disabled' ? 107 : 106})`, async () => {
    const { controls, calls, onSend, show } = openMarkup()
    write('hello')
    await pass(1_000)
    show({ [name]: true })
    await pass(0)
    expect(controls()).toMatchObject({ isDisabled: name === 'disabled', isReadOnly: name === 'readOnly' })
    act(() => {
      controls().insertText('!')
      controls().send()
    })
    expect(field()).toHaveValue('hello')
    expect(onSend).not.toHaveBeenCalled()
    expect(calls()).toEqual(['start', 'stop'])
    show({})
    await pass(0)
    act(() => controls().send())
    expect(onSend.mock.calls.map(([text]) => text as string)).toEqual(['hello'])
  })
})

describe('a box in a fieldset that is disabled', () => {
  const openIn = (isDisabled: boolean) => {
    const page = linqPage()
    const chatId = page.linq.addChat()
    const onSend = vi.fn()
    const element = (disabled: boolean) => (
      <fieldset disabled={disabled}>
        <ComposeBox chatId={chatId} onSend={onSend} />
      </fieldset>
    )
    const view = page.show(element(isDisabled))
    return { ...page, onSend, disable: (is: boolean) => view.show(element(is)) }
  }

  it('has data-disabled from the start, and follows changes (row 107)', async () => {
    const { disable } = openIn(true)
    expect(box()).toHaveAttribute('data-disabled')
    disable(false)
    await pass(0)
    expect(box()).not.toHaveAttribute('data-disabled')
  })

  it('ends the bubble at once, without a render by the host (row 107)', async () => {
    const { calls, disable } = openIn(false)
    write('hello')
    await pass(1_000)
    disable(true)
    await pass(0)
    expect(box()).toHaveAttribute('data-disabled')
    expect(calls()).toEqual(['start', 'stop'])
    write('hello by a script')
    await pass(1_000)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it.each(ways)('sends nothing by %s until it is enabled again (row 107)', async (_, send) => {
    const { onSend, disable } = openIn(false)
    write('hello')
    disable(true)
    send()
    expect(onSend).not.toHaveBeenCalled()
    disable(false)
    await pass(0)
    press('Enter')
    expect(onSend.mock.calls.map(([text]) => text as string)).toEqual(['hello'])
  })

  it('stops watching when the box goes away (row 107)', async () => {
    const observe = vi.spyOn(MutationObserver.prototype, 'observe')
    const disconnect = vi.spyOn(MutationObserver.prototype, 'disconnect')
    onTestFinished(() => [observe, disconnect].forEach((spy) => spy.mockRestore()))
    const page = linqPage()
    const view = page.show(
      <fieldset>
        <ComposeBox chatId="a" onSend={() => undefined} />
      </fieldset>,
    )
    const watches = new Set(
      observe.mock.calls.flatMap(([, options], index) =>
        options?.attributeFilter?.includes('disabled') === true ? [observe.mock.contexts[index]] : [],
      ),
    )
    expect(watches.size).toBeGreaterThan(0)
    view.show(<p>Nothing</p>)
    await pass(0)
    expect(screen.queryByRole('textbox')).toBeNull()
    for (const watch of watches) expect(disconnect.mock.contexts).toContain(watch)
  })
})
