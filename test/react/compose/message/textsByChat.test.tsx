import { fireEvent, screen } from '@testing-library/react'
import { ComposeBox } from 'react-linq-typing'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { linqPage } from '../../linqPage.js'
import { field, openBox, press, write } from '../openBox.js'

/** A host that keeps a text for each chat, and shows the second one as soon as a message left the first. */
function openTexts(first: string, second: string) {
  const page = linqPage()
  const chats = [page.linq.addChat(), page.linq.addChat()] as const
  function Host() {
    const [shown, setShown] = useState<0 | 1>(0)
    const [texts, setTexts] = useState([first, second])
    return (
      <>
        <ComposeBox
          chatId={chats[shown]}
          value={texts[shown]}
          onValueChange={(text) => setTexts((all) => all.map((old, chat) => (chat === shown ? text : old)))}
          onSend={() => setShown(1)}
        />
        <button onClick={() => setShown(1)}>Next</button>
        <output aria-label="first">{texts[0]}</output>
        <output aria-label="second">{texts[1]}</output>
      </>
    )
  }
  page.show(<Host />)
  return {
    next: () => fireEvent.click(screen.getByRole('button', { name: 'Next' })),
    texts: () => ['first', 'second'].map((name) => screen.getByLabelText(name).textContent),
  }
}

describe('a host that keeps a text for each chat', () => {
  it('never mixes chats, even if it switches during a composition', () => {
    const { next, texts } = openTexts('', '')
    field().focus()
    fireEvent.compositionStart(field())
    for (const text of ['n', 'に']) write(text)
    next()
    expect(field()).toHaveValue('')
    write(`${field().value}ほ`)
    fireEvent.compositionEnd(field(), { data: 'ほ' })
    expect(texts()).toEqual(['に', 'ほ'])
  })

  it('never moves a text without an input event into another chat (row 78)', () => {
    const { next, texts } = openTexts('', 'for the second')
    field().value = 'from an extension'
    next()
    expect(field()).toHaveValue('for the second')
    expect(texts()[1]).toBe('for the second')
  })

  it('shows the next chat’s text even if it equals the one just sent', () => {
    const { texts } = openTexts('Dear all', 'Dear all')
    press('Enter')
    expect(texts()).toEqual(['', 'Dear all'])
    expect(field()).toHaveValue('Dear all')
  })

  it('has the caret at the end of the text of the next chat', () => {
    const { next } = openTexts('one', 'another')
    field().focus()
    field().setSelectionRange(1, 1)
    next()
    expect([field().selectionStart, field().selectionEnd]).toEqual([7, 7])
  })
})

describe('a host that keeps the texts of some chats', () => {
  it('has no message come back that was sent (row 94)', () => {
    const { change, onSend } = openBox({ chatId: 'a', value: '', onValueChange: () => undefined })
    change({ chatId: 'a', value: 'hello' })
    change({ chatId: 'b', value: undefined })
    expect(field()).toHaveValue('')
    change({ chatId: 'a', value: 'hello' })
    press('Enter')
    change({ chatId: 'a', value: '' })
    change({ chatId: 'b', value: undefined })
    change({ chatId: 'a', value: undefined })
    expect(field()).toHaveValue('')
    expect(onSend.mock.calls).toEqual([['hello']])
  })

  it('loses no draft of a chat whose text it does not keep (row 94)', () => {
    const { change } = openBox({ chatId: 'a' })
    write('precious')
    change({ chatId: 'b', value: 'prefill' })
    expect(field()).toHaveValue('prefill')
    change({ chatId: 'a', value: undefined })
    expect(field()).toHaveValue('precious')
  })
})
