import { render, screen } from '@testing-library/react'
import {
  type ComposeBoxControls,
  type ComposeBoxProps,
  TypingProvider,
  useComposeBox,
} from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { pass } from '../linqPage.js'
import { field, held, openBox, press, write } from './openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Everything that may be left out of a box, and a few of the props that go to its field. */
const names = [
  ...(['onSendFailed', 'onSendError', 'value', 'defaultValue', 'onValueChange', 'submitMode'] as const),
  ...(['maxLength', 'countText', 'announceTyping', 'isTypingText', 'onTypingError', 'disabled'] as const),
  ...(['id', 'label', 'labels', 'before', 'after', 'minRows', 'maxRows', 'as', 'className'] as const),
  ...(['style', 'readOnly', 'placeholder', 'enterKeyHint', 'aria-label', 'aria-labelledby'] as const),
  ...(['aria-describedby', 'aria-invalid', 'onKeyDown', 'onChange', 'onFocus'] as const),
] satisfies (keyof ComposeBoxProps)[]

type Props = Parameters<typeof openBox>[0]

/** What a box comes to: its markup at three moments, what it sent, and what Linq heard. */
async function story(props: Props) {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { onSend, calls, view } = openBox({ onSendError: undefined, ...props })
  // React numbers its ids.
  const markup = () => view.container.innerHTML.replaceAll(field().id, 'id')
  const seen = [markup()]
  const sending = held()
  onSend.mockReturnValueOnce(sending.promise)
  write('hello')
  await pass(200)
  press('Enter')
  write('more')
  sending.reject(new Error('no'))
  await pass(200)
  seen.push(markup())
  press('Enter')
  await pass(20_000)
  seen.push(markup())
  view.unmount()
  vi.restoreAllMocks()
  return { seen, sent: onSend.mock.calls, calls: calls() }
}

describe('null', () => {
  let leftOut: ReturnType<typeof story> | undefined

  it.each(names)('for %s is as good as left out (row 96)', async (name) => {
    expect(await story({ [name]: null })).toEqual(await (leftOut ??= story({})))
  })

  it('for all of them at once is as good as left out (row 96)', async () => {
    const nulls = Object.fromEntries(names.map((name) => [name, null])) as Props
    expect(await story(nulls)).toEqual(await story({}))
  })

  it('for one of the labels is as good as left out (row 96)', () => {
    openBox({ labels: { send: null, remaining: null, overLimit: null }, maxLength: 3 })
    write('four')
    expect(screen.getByRole('button', { name: 'Send' })).toBeVisible()
    expect(screen.getByText('1 too many')).toBeVisible()
    expect(screen.getByText(/Over the limit of 3/)).toBeVisible()
  })

  it('for chatId means no chat (row 96)', async () => {
    const { calls } = openBox({ chatId: null })
    write('hello')
    await pass(200)
    expect(calls()).toEqual([])
  })

  it('for maxLength means no limit (row 96)', () => {
    openBox({ maxLength: null })
    write('a'.repeat(1_000))
    expect(field().form).not.toHaveAttribute('data-over-limit')
  })

  it('type-checks for every optional option (row 96)', () => {
    type Optional = Exclude<keyof ComposeBoxProps, 'chatId' | 'onSend'>
    expectTypeOf<Record<Optional, null>>().toExtend<Pick<ComposeBoxProps, Optional>>()
  })
})

describe('null in the props of a getter', () => {
  type Getter = keyof ComposeBoxControls & `get${string}Props`

  /** What the getters make of the same props everywhere, rendered. */
  function markup(props: object | null | undefined) {
    function Own() {
      const box = useComposeBox({ chatId: 'a', onSend: () => undefined, id: 'field' })
      const of = (name: Getter): object => box[name](props)
      return (
        <form {...of('getFormProps')}>
          <textarea {...of('getFieldProps')} />
          <button {...of('getSendButtonProps')}>Go</button>
          <div {...of('getErrorProps')} />
          <span {...of('getCounterProps')} />
        </form>
      )
    }
    const view = render(
      <TypingProvider fetcher={() => Promise.resolve()}>
        <Own />
      </TypingProvider>,
    )
    const html = view.container.innerHTML
    view.unmount()
    return html
  }

  it.each([
    ...['id', 'rows', 'role', 'type', 'disabled', 'method', 'action', 'ref', 'enterKeyHint', 'className'],
    ...['aria-atomic', 'aria-describedby', 'aria-invalid', 'aria-disabled', 'aria-busy', 'defaultValue'],
    ...['onSubmit', 'onKeyDown', 'onClick', 'onPointerDown', 'onMouseDown', 'children'],
  ])('as %s is as good as left out (row 96)', (name) => {
    const left = markup({})
    expect(markup({ [name]: null })).toBe(left)
    expect(markup({ [name]: undefined })).toBe(left)
  })

  it('for all of them is as good as left out (row 96)', () => {
    expect(markup(null)).toBe(markup(undefined))
  })

  it('type-checks for every prop (row 96)', () => {
    type Own = NonNullable<Parameters<ComposeBoxControls['getFieldProps']>[0]>
    expectTypeOf<{ [Name in keyof Own]: null }>().toExtend<Own>()
    expectTypeOf<null>().toExtend<Parameters<ComposeBoxControls['getFieldProps']>[0]>()
  })
})
