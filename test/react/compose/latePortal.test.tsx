import { act, render } from '@testing-library/react'
import { ComposeBox, type ComposeBoxProps, TypingProvider } from 'react-linq-typing'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { afterEach, describe, expect, it } from 'vitest'
import { field, write } from './openBox.js'

const settled = () => act(async () => Promise.resolve())

const box = (props: Partial<ComposeBoxProps> = {}) => (
  <TypingProvider fetcher={() => Promise.resolve()}>
    <ComposeBox chatId="a" onSend={() => undefined} {...props} />
  </TypingProvider>
)

/** As many modals do it: an effect puts the element into the page. */
function Modal({ into, children }: { into: () => Element; children: ReactNode }) {
  const [element] = useState(() => document.createElement('div'))
  const at = useRef(into)
  useEffect(() => {
    at.current().append(element)
    return () => element.remove()
  }, [element])
  return createPortal(children, element)
}

afterEach(() => document.body.replaceChildren())

describe('a box in a portal that an effect puts into the page', () => {
  it('has data-disabled in a fieldset that is disabled (row 107)', async () => {
    document.body.innerHTML = '<fieldset disabled></fieldset>'
    render(<Modal into={() => document.querySelector('fieldset')!}>{box()}</Modal>)
    await settled()
    expect(field()).toBeDisabled()
    expect(field().closest('.rlt-compose')).toHaveAttribute('data-disabled')
  })

  it('keeps its text when the form around it is reset (row 73)', async () => {
    document.body.innerHTML = '<form></form>'
    render(<Modal into={() => document.querySelector('form')!}>{box({ as: 'div' })}</Modal>)
    await settled()
    write('hello')
    document.querySelector('form')!.reset()
    await settled()
    expect(field()).toHaveValue('hello')
  })
})

it('a form that comes later and owns the field by its id leaves the text when it is reset (row 73)', async () => {
  render(box({ as: 'div', form: 'late' }))
  write('hello')
  const form = document.body.appendChild(document.createElement('form'))
  form.id = 'late'
  form.onreset = (event) => event.stopPropagation()
  form.reset()
  await settled()
  expect(field()).toHaveValue('hello')
})
