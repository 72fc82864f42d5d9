import 'react-linq-typing/styles.css'
import { ComposeBox, type ComposeBoxProps, TypingProvider } from 'react-linq-typing'
import { createRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { renderToString } from 'react-dom/server'
import { userEvent } from 'vitest/browser'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Submitting } from '../submitting.js'
import { openBox } from './openBox.js'

const emoji = (
  <button key="emoji" style={{ width: 40, height: 40 }} className="emoji">
    E
  </button>
)
const find = <input key="find" className="find" aria-label="Find" />

/** A box with a half-written message, and the parts of its slots. */
async function write(slots: Partial<ComposeBoxProps>) {
  const box = openBox(slots)
  await userEvent.keyboard('half a mess')
  return { ...box, part: (name: string) => box.root.querySelector<HTMLElement>(`.${name}`)! }
}

describe('what stands in a slot', () => {
  it.each(['before', 'after'])(
    'sends nothing as a button without a type in `%s`, and the page stays (row 92)',
    async (side) => {
      const { field, part, sent } = await write({ [side]: emoji })
      await userEvent.click(part('emoji'))
      await userEvent.click(field)
      await userEvent.keyboard('{End}age')
      expect(field.value).toBe('half a message')
      expect(sent()).toEqual([])
      await userEvent.keyboard('{Enter}')
      expect(sent()).toEqual(['half a message'])
    },
  )

  it.each<[string, { before: ReactNode; after?: ReactNode }]>([
    ['alone', { before: find }],
    ['beside a button, which it presses', { before: find, after: emoji }],
  ])('sends nothing by Enter in an input %s, and the page stays (row 92)', async (_, slots) => {
    const onPress = vi.fn()
    const { field, part, root, sent } = await write(slots)
    root.addEventListener('click', ({ target }) => {
      if (target === part('emoji')) onPress()
    })
    part('find').focus()
    await userEvent.keyboard('smile{Enter}')
    expect(onPress).toHaveBeenCalledTimes('after' in slots ? 1 : 0)
    await userEvent.click(field)
    expect(field.value).toBe('half a mess')
    expect(sent()).toEqual([])
  })

  it.each(['onKeyDown', 'onKeyPress', 'onKeyUp'] as const)(
    'sends nothing as a widget that submits its form by Enter (%s) (row 92)',
    async (on) => {
      const { field, part, sent } = await write({ after: <Submitting on={on} /> })
      part('widget').focus()
      await userEvent.keyboard('{Enter}')
      expect(sent()).toEqual([])
      field.focus()
      await userEvent.keyboard('{Enter}')
      expect(sent()).toEqual(['half a mess'])
    },
  )

  it('sends nothing by Enter in an input that keeps its keys to itself (row 92)', async () => {
    const { field, part, sent } = await write({ before: find })
    part('find').addEventListener('keypress', (event) => event.stopPropagation())
    part('find').focus()
    await userEvent.keyboard('smile{Enter}')
    expect(field.value).toBe('half a mess')
    expect(sent()).toEqual([])
  })

  it.each<[string, (root: HTMLElement) => void]>([
    ['of a form without a submit button', (root) => root.querySelector('[type=submit]')!.remove()],
    [
      'that keeps its keys to itself, of a form without a submit button',
      (root) => {
        root.querySelector('[type=submit]')!.remove()
        root.querySelector('.find')!.addEventListener('keypress', (event) => event.stopPropagation())
      },
    ],
  ])(
    'sends nothing by Enter in an input %s, though the browser submits it, as older Safari does (row 92)',
    async (_, prepare) => {
      const { field, part, root, sent } = await write({ before: find })
      prepare(root)
      part('find').focus()
      await userEvent.keyboard('smile{Enter}')
      expect(sent()).toEqual([])
      // What the page asks for afterwards has nothing to do with that key.
      field.form!.requestSubmit()
      expect(sent()).toEqual(['half a mess'])
    },
  )

  it('fires `change` by Enter in an input, as in any form (row 92)', async () => {
    const { part, sent } = await write({ before: find })
    const onChange = vi.fn()
    part('find').addEventListener('change', onChange)
    part('find').focus()
    await userEvent.keyboard('smile{Enter}')
    expect(onChange).toHaveBeenCalledTimes(1)
    expect(sent()).toEqual([])
  })

  it('presses an image button by Enter in an input (row 92)', async () => {
    const onGo = vi.fn()
    const { part, sent } = await write({
      before: [find, <input key="go" type="image" alt="Go" onClick={onGo} />],
    })
    part('find').focus()
    await userEvent.keyboard('smile{Enter}')
    expect(onGo).toHaveBeenCalledTimes(1)
    expect(sent()).toEqual([])
  })
})

describe('the form of a box sends when it is asked to by Enter', () => {
  const ask = ({ currentTarget }: { currentTarget: EventTarget }) =>
    (currentTarget as HTMLInputElement).form!.requestSubmit()
  const later = ({ currentTarget }: { currentTarget: EventTarget }) => {
    setTimeout(ask, 0, { currentTarget })
  }
  const soon = ({ currentTarget }: { currentTarget: EventTarget }) => {
    void Promise.resolve().then(() => ask({ currentTarget }))
  }

  it.each<[string, string, ReactNode]>([
    ['on a button', 'go', <button className="go" onClick={ask} />],
    ['on an input that is a button', 'go', <input type="button" className="go" onClick={ask} />],
    ['in an input, which presses the button beside it', 'find', [find, <button key="go" onClick={ask} />]],
  ])('%s (row 92)', async (_, focused, slot) => {
    const { part, sent } = await write({ after: slot })
    part(focused).focus()
    await userEvent.keyboard('{Enter}')
    expect(sent()).toEqual(['half a mess'])
  })

  it.each<[string, string, (event: { currentTarget: EventTarget }) => void]>([
    ['on keydown', 'keydown', ask],
    ['a moment after keydown', 'keydown', later],
    ['in a promise after keydown', 'keydown', soon],
    ['on keypress', 'keypress', ask],
    ['a moment after keypress', 'keypress', later],
    ['on keyup', 'keyup', ask],
    ['on change', 'change', ask],
  ])('in an input, %s (row 92)', async (_, type, listener) => {
    const { part, sent } = await write({ before: find })
    part('find').addEventListener(type, (event) => {
      if (!(event instanceof KeyboardEvent) || event.key === 'Enter')
        listener({ currentTarget: event.currentTarget! })
    })
    part('find').focus()
    await userEvent.keyboard('smile{Enter}')
    await expect.poll(sent).toEqual(['half a mess'])
  })

  it('in a dialog of the slot’s own, which has a form (row 92)', async () => {
    const opened = createRef<HTMLFormElement>()
    const dialog = createPortal(
      <form
        ref={opened}
        onSubmit={(event) => {
          event.preventDefault()
          document.querySelector<HTMLFormElement>('.rlt-compose')!.requestSubmit()
        }}
      >
        <input />
      </form>,
      document.body,
    )
    const { sent } = await write({ after: dialog })
    opened.current!.querySelector('input')!.focus()
    await userEvent.keyboard('{Enter}')
    expect(sent()).toEqual(['half a mess'])
  })
})

it('a dialog of the slot’s own closes by the button in its form, and nothing is sent (row 92)', async () => {
  const dialog = createRef<HTMLDialogElement>()
  const slot = createPortal(
    <dialog ref={dialog}>
      <form method="dialog">
        <button>Close</button>
      </form>
    </dialog>,
    document.body,
  )
  const { sent } = await write({ after: slot })
  dialog.current!.showModal()
  await userEvent.keyboard('{Enter}')
  expect(dialog.current!.open).toBe(false)
  expect(sent()).toEqual([])
})

it('a box in a form of the page’s own leaves Enter in its other inputs to that form (row 92)', async () => {
  const onSubmit = vi.fn((event: Event) => event.preventDefault())
  const { root, sent } = await write({ as: 'div' })
  const form = document.createElement('form')
  form.innerHTML = '<input>'
  form.addEventListener('submit', onSubmit)
  root.replaceWith(form)
  form.append(root)
  form.querySelector('input')!.focus()
  await userEvent.keyboard('{Enter}')
  expect(onSubmit).toHaveBeenCalledTimes(1)
  expect(sent()).toEqual([])
  form.replaceWith(root)
})

it.each([
  ['inputs', 'form input { display: block; width: 100% }'],
  ['spans and inputs', 'span, input { all: unset }'],
  ['rows', '.rlt-compose-row > * { display: flex }'],
])(
  'what keeps a slot from sending is out of sight, whatever a page does to its %s (row 92)',
  async (_, rule) => {
    const sheet = document.head.appendChild(document.createElement('style'))
    sheet.textContent = rule
    onTestFinished(() => sheet.remove())
    const { root } = await write({})
    const shown = [...root.querySelectorAll('input')].filter((input) => input.checkVisibility())
    expect(shown).toEqual([])
  },
)

it('the form of a box sends when the host asks it to (row 92)', async () => {
  const { field, sent } = await write({ before: emoji })
  field.form!.requestSubmit()
  expect(sent()).toEqual(['half a mess'])
})

it('a button without a type loads no page anew before the script comes (row 92)', async () => {
  const host = document.body.appendChild(document.createElement('div'))
  onTestFinished(() => host.remove())
  host.innerHTML = renderToString(
    <TypingProvider fetcher={() => Promise.resolve()}>
      <ComposeBox chatId="a" before={[emoji, find]} onSend={() => undefined} />
    </TypingProvider>,
  )
  const field = host.querySelector('textarea')!
  field.focus()
  await userEvent.keyboard('half a mess')
  await userEvent.click(host.querySelector('.emoji')!)
  host.querySelector<HTMLElement>('.find')!.focus()
  await userEvent.keyboard('smile{Enter}')
  field.focus()
  await userEvent.keyboard('{End}age')
  expect(field.value).toBe('half a message')
  expect(document.contains(field)).toBe(true)
})
