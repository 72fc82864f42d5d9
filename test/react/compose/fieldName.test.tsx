import { act, render, screen } from '@testing-library/react'
import axe from 'axe-core'
import { ComposeBox, type ComposeBoxProps, TypingProvider } from 'react-linq-typing'
import { memo, type ReactNode, StrictMode, useEffect, useRef, useState } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')

const provided = (children: ReactNode) => (
  <TypingProvider fetcher={() => Promise.resolve()}>{children}</TypingProvider>
)

const box = (props: Partial<ComposeBoxProps> = {}) => (
  <ComposeBox chatId="a" onSend={() => undefined} {...props} />
)

const byFor = (props: Partial<ComposeBoxProps> = {}) => (
  <>
    <label htmlFor="reply">Your reply</label>
    {box({ id: 'reply', ...props })}
  </>
)

const namingRules = [
  'label',
  'label-title-only',
  'form-field-multiple-labels',
  'label-content-name-mismatch',
  'aria-valid-attr-value',
]

async function violations() {
  const { violations: found } = await axe.run(document.body, { runOnly: namingRules })
  return found.map(({ id }) => id)
}

/** What changed in the page is told a moment later. */
const settled = () => act(async () => Promise.resolve())

describe('the name of the field', () => {
  it.each<[string, ReactNode, RegExp]>([
    ['a <label> that points at it', byFor(), /^Your reply$/],
    ['a <label> around the box', <label key="x">Your reply {box()}</label>, /^Your reply\b/],
    [
      'what aria-labelledby points at',
      <div key="x">
        <p id="name">Your reply</p>
        {box({ 'aria-labelledby': 'name' })}
      </div>,
      /^Your reply$/,
    ],
    ['a <label>, whatever `label` says', byFor({ label: 'Text' }), /^Your reply$/],
    ['a <label>, whatever `aria-label` says', byFor({ 'aria-label': 'Text' }), /^Your reply$/],
    [
      '`aria-label`, where what aria-labelledby points at is not there',
      box({ 'aria-labelledby': 'later', 'aria-label': 'Answer' }),
      /^Answer$/,
    ],
    ['Message, where aria-labelledby is empty', box({ 'aria-labelledby': '' }), /^Message$/],
    ['`aria-label`, where there is none', box({ 'aria-label': 'Answer', label: 'Text' }), /^Answer$/],
    ['`label`, where there is neither', box({ label: 'Text' }), /^Text$/],
    ['Message, where nobody names it', box(), /^Message$/],
    ['Message, where `label` is empty', box({ label: '' }), /^Message$/],
    ['Message, where `label` is blank', box({ label: ' \n' }), /^Message$/],
    ['`label`, where `aria-label` is blank', box({ 'aria-label': ' ', label: 'Text' }), /^Text$/],
    ['Message, where both are empty', box({ 'aria-label': '', label: '' }), /^Message$/],
  ])('is that of %s (row 108)', async (_, page, name) => {
    render(provided(page))
    expect(field()).toHaveAccessibleName(name)
    expect(await violations()).toEqual([])
  })

  it('follows a label that is added or removed later (row 108)', async () => {
    const { rerender } = render(provided(box({ id: 'reply' })))
    const label = document.createElement('label')
    label.htmlFor = 'reply'
    label.textContent = 'Your reply'
    document.body.append(label)
    await settled()
    expect(field()).toHaveAccessibleName('Your reply')
    label.htmlFor = 'another'
    await settled()
    expect(field()).toHaveAccessibleName('Message')
    rerender(provided(box({ id: 'another' })))
    await settled()
    expect(field()).toHaveAccessibleName('Your reply')
    label.remove()
    await settled()
    expect(field()).toHaveAccessibleName('Message')
  })

  it('is that of a label for the generated id (row 108)', async () => {
    const Box = memo(function Box({ onField }: { onField: (id: string) => void }) {
      const ref = useRef<HTMLTextAreaElement>(null)
      useEffect(() => onField(ref.current!.id), [onField])
      return <ComposeBox ref={ref} chatId="a" onSend={() => undefined} />
    })
    function Page() {
      const [id, setId] = useState<string>()
      return (
        <>
          {id !== undefined && <label htmlFor={id}>Your reply</label>}
          <Box onField={setId} />
        </>
      )
    }
    render(provided(<Page />))
    await settled()
    expect(field()).toHaveAccessibleName('Your reply')
  })

  it('stays the default while a label is empty (row 108)', async () => {
    const page = (text: string) =>
      provided(
        <>
          <label htmlFor="reply">{text}</label>
          {box({ id: 'reply' })}
        </>,
      )
    const { rerender } = render(page(''))
    expect(field()).toHaveAccessibleName('Message')
    expect(await violations()).toEqual([])
    rerender(page('Your reply'))
    await settled()
    expect(field()).toHaveAccessibleName('Your reply')
  })

  it('is that of a label whose text is filled in later, below another element (row 108)', async () => {
    const page = (text: string) =>
      provided(
        <>
          <label htmlFor="reply">
            <b>{text}</b>
          </label>
          {box({ id: 'reply' })}
        </>,
      )
    const { rerender } = render(page(' '))
    expect(field()).toHaveAccessibleName('Message')
    rerender(page('Your reply'))
    await settled()
    expect(field()).toHaveAccessibleName('Your reply')
  })

  it.each<[string, ReactNode]>([
    ['a picture', <img key="x" src="data:," alt="Your reply" />],
    ['an icon', <span key="x" role="img" aria-label="Your reply" />],
  ])('is that of a label with nothing but %s in it (row 108)', async (_, inside) => {
    render(
      provided(
        <>
          <label htmlFor="reply">{inside}</label>
          {box({ id: 'reply' })}
        </>,
      ),
    )
    expect(field()).toHaveAccessibleName('Your reply')
  })

  it.each<[string, ReactNode]>([
    ['a text with aria-hidden', <span key="x" aria-hidden="true" children="chat" />],
    ['a hidden text', <span key="x" hidden children="chat" />],
    ['an icon with aria-hidden', <b key="x" aria-hidden="true" children={<i aria-label="chat" />} />],
    ['a picture with a blank alt', <img key="x" src="data:," alt=" " />],
    ['an icon with a blank aria-label', <span key="x" role="img" aria-label=" " />],
    ['styles', <style key="x">{'.chat { color: red }'}</style>],
  ])('stays the default while a label has nothing but %s in it (row 108)', async (_, inside) => {
    render(
      provided(
        <>
          <label htmlFor="reply">{inside}</label>
          {box({ id: 'reply' })}
        </>,
      ),
    )
    expect(field()).toHaveAccessibleName('Message')
    expect(await violations()).toEqual([])
  })

  it.each(['hidden', 'aria-hidden'])(
    'is the default while the label’s text is %s (row 108)',
    async (name) => {
      render(provided(byFor()))
      const label = screen.getByText('Your reply')
      label.innerHTML = '<span>Your reply</span>'
      await settled()
      label.firstElementChild!.setAttribute(name, 'true')
      await settled()
      expect(field()).toHaveAccessibleName('Message')
      label.firstElementChild!.removeAttribute(name)
      await settled()
      expect(field()).toHaveAccessibleName('Your reply')
    },
  )

  it('hydrates without a warning (row 108)', async () => {
    const page = <StrictMode>{provided(byFor())}</StrictMode>
    const container = document.body.appendChild(document.createElement('div'))
    // A server has no document. This one has, of which React 18 warns.
    const server = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    container.innerHTML = renderToString(page)
    server.mockRestore()
    const printed = vi.spyOn(console, 'error')
    await act(async () => {
      const root = hydrateRoot(container, page)
      onTestFinished(() => {
        act(() => root.unmount())
        container.remove()
      })
      await Promise.resolve()
    })
    expect(field()).toHaveAccessibleName('Your reply')
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
  })
})

it('a label around the box without a text of its own doesn’t name the field (row 108)', () => {
  render(provided(<label>{box({ label: 'Reply to Ada' })}</label>))
  expect(field()).toHaveAttribute('aria-label', 'Reply to Ada')
})

it('a label with nothing but an aria-label of its own names the field (row 108)', () => {
  render(
    provided(
      <>
        <label htmlFor="reply" aria-label="Your reply" />
        {box({ id: 'reply' })}
      </>,
    ),
  )
  expect(field()).not.toHaveAttribute('aria-label')
})
