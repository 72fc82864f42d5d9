import { fireEvent } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from '../../linqPage.js'
import { button, field, openBox, press, write } from '../openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const compose = (...texts: string[]) => {
  fireEvent.compositionStart(field())
  for (const text of texts) {
    fireEvent.compositionUpdate(field(), { data: text })
    write(text)
  }
}
const commit = (data: string) => fireEvent.compositionEnd(field(), { data })

describe('a composition', () => {
  it('is typing with its first letter (row 56)', () => {
    const { calls } = openBox()
    compose('ㅎ')
    expect(calls()).toEqual(['start'])
  })

  it.each([
    ['Japanese', ['k', 'か', 'かn', '漢字'], '漢字'],
    ['Chinese', ['n', 'ni', 'ni hao', '你好'], '你好'],
    ['Korean', ['ㅎ', '하', '한'], '한'],
  ])('in %s keeps its Enter; the next one sends (row 7)', (_, steps, text) => {
    const { onSend } = openBox()
    compose(...steps)
    // Not every browser says that the key belongs to the composition.
    press('Enter')
    press('Enter', { isComposing: true, keyCode: 229 })
    expect(onSend).not.toHaveBeenCalled()
    commit(text)
    press('Enter', { keyCode: 229 })
    expect(onSend).not.toHaveBeenCalled()
    press('Enter', { keyCode: 13 })
    expect(onSend.mock.calls).toEqual([[text]])
  })

  it('is ended by the send button, and sent whole, once (row 65)', () => {
    const { onSend } = openBox()
    field().focus()
    field().addEventListener('blur', () => commit('녕'), { once: true })
    compose('안녀', '안녕')
    fireEvent.click(button())
    expect(onSend.mock.calls).toEqual([['안녕']])
    expect(field()).toHaveValue('')
    expect(field()).toHaveFocus()
  })

  it('with a late end event is waited for (row 65)', async () => {
    const { onSend } = openBox()
    field().focus()
    compose('안녀')
    fireEvent.click(button())
    expect(onSend).not.toHaveBeenCalled()
    write('안녕')
    commit('녕')
    expect(onSend.mock.calls).toEqual([['안녕']])
    await pass(1_000)
    expect(onSend).toHaveBeenCalledTimes(1)
  })

  it('without an end event holds up nothing (row 65)', async () => {
    const { onSend } = openBox()
    field().focus()
    compose('안녕')
    fireEvent.click(button())
    await pass(0)
    expect(onSend.mock.calls).toEqual([['안녕']])
    write('more')
    press('Enter')
    expect(onSend).toHaveBeenLastCalledWith('more')
  })
})

describe('a host that has another ref at each render', () => {
  it('waits for the composition and sends it whole (row 65)', async () => {
    const { onSend, change } = openBox({ ref: () => undefined })
    field().focus()
    compose('안녀')
    change({ ref: () => undefined })
    fireEvent.click(button())
    expect(onSend).not.toHaveBeenCalled()
    write('안녕')
    commit('녕')
    expect(onSend.mock.calls).toEqual([['안녕']])
    await pass(0)
    expect(field()).toHaveValue('')
  })

  it('loses no message when it renders as the field loses the focus (row 65)', async () => {
    const { onSend, change } = openBox({
      onBlur: () => change({ ref: () => undefined }),
    })
    field().focus()
    compose('안녕')
    fireEvent.click(button())
    await pass(0)
    expect(onSend.mock.calls).toEqual([['안녕']])
  })
})

describe('a field that is left while something is composed', () => {
  it('gets Enter back after a composition without an end event (row 7)', () => {
    const { onSend } = openBox()
    field().focus()
    compose('안녕')
    field().blur()
    field().focus()
    press('Enter')
    expect(onSend.mock.calls).toEqual([['안녕']])
  })
})

it('Enter works in a chat that was switched to during a composition (row 7)', () => {
  const { onSend, change, linq } = openBox()
  field().focus()
  compose('안녕')
  change({ chatId: linq.addChat() })
  write('hello')
  press('Enter')
  expect(onSend.mock.calls).toEqual([['hello']])
})

describe('a host that changes the text', () => {
  const openChanging = () => {
    const { change, ...page } = openBox({
      value: '',
      onValueChange: (text) => change({ value: text.toUpperCase() }),
    })
    field().focus()
    return page
  }

  it('waits until the composition has ended (row 77)', () => {
    openChanging()
    compose('k', 'ka')
    expect(field()).toHaveValue('ka')
    commit('ka')
    expect(field()).toHaveValue('KA')
  })

  it('has its change sent with what the button ends (row 77)', () => {
    const { onSend } = openChanging()
    field().addEventListener('blur', () => commit('ka'), { once: true })
    compose('k', 'ka')
    fireEvent.click(button())
    expect(onSend.mock.calls).toEqual([['KA']])
  })

  it('loses nothing that the end of a composition adds (row 77)', () => {
    openChanging()
    compose('k')
    field().value = 'か'
    commit('か')
    expect(field()).toHaveValue('か')
  })

  it('may take its change back before the composition ends (row 77)', () => {
    const { change } = openBox({ value: '', onValueChange: (text) => change({ value: text }) })
    field().focus()
    compose('k', 'ka')
    change({ value: 'for a moment' })
    change({ value: 'ka' })
    commit('ka')
    expect(field()).toHaveValue('ka')
  })

  it('hears of a send after such a change (row 77)', () => {
    const onValueChange = vi.fn((text: string) => change({ value: text }))
    const { change } = openBox({ value: '', onValueChange })
    field().focus()
    compose('k', 'ka')
    change({ value: '' })
    change({ value: 'ka' })
    commit('ka')
    press('Enter')
    expect(onValueChange).toHaveBeenLastCalledWith('')
  })

  it('applies its change after a reset of the form that ended the composition (row 73)', async () => {
    const { change } = openBox({ value: '', onValueChange: (text) => change({ value: text }) })
    field().focus()
    compose('k', 'ka')
    field().form!.reset()
    await pass(0)
    expect(field()).toHaveValue('ka')
    change({ value: 'KA' })
    expect(field()).toHaveValue('KA')
  })

  it('applies its change even without an end event (row 77)', () => {
    openChanging()
    compose('ka')
    field().blur()
    expect(field()).toHaveValue('KA')
  })
})

describe('late input', () => {
  const insert = (text: string, inputType = 'insertText') => {
    field().value = text
    fireEvent(field(), new InputEvent('input', { bubbles: true, inputType, data: text }))
  }
  const sendComposed = () => {
    compose('안녀', '안녕')
    commit('녕')
    press('Enter', { keyCode: 13 })
  }

  it('of a sent composition’s last syllable is not left in the box (row 65)', () => {
    const { onSend, calls } = openBox()
    sendComposed()
    insert('녕')
    expect(onSend.mock.calls).toEqual([['안녕']])
    expect(field()).toHaveValue('')
    expect(calls()).toEqual(['start'])
  })

  it('of a sent dictation is not left in the box (row 77)', () => {
    const { onSend } = openBox()
    write('See you')
    write('See you soon')
    fireEvent.click(button())
    insert('See you soon', 'insertReplacementText')
    expect(field()).toHaveValue('')
    expect(onSend.mock.calls).toEqual([['See you soon']])
  })

  it('that makes a sent text again, piece by piece, was typed (row 77)', () => {
    const { onSend } = openBox()
    write('😂😂')
    fireEvent.click(button())
    insert('😂')
    insert('😂😂')
    expect(field()).toHaveValue('😂😂')
    fireEvent.click(button())
    expect(onSend.mock.calls).toEqual([['😂😂'], ['😂😂']])
  })

  it('is dropped only once: the same text again was typed (row 65)', () => {
    openBox()
    sendComposed()
    insert('녕')
    insert('녕')
    expect(field()).toHaveValue('녕')
  })

  it.each<[string, () => unknown]>([
    ['a key', () => press('녕')],
    ['a new composition', () => fireEvent.compositionStart(field())],
    ['a paste', () => fireEvent.paste(field())],
    ['a second', () => vi.advanceTimersByTime(1_001)],
  ])('after %s was written, and stays (row 65)', (_, happens) => {
    openBox()
    sendComposed()
    happens()
    insert('녕')
    expect(field()).toHaveValue('녕')
  })
})

describe('dictation', () => {
  it('starts like a key, and is not rewritten (row 77)', () => {
    const { calls, onSend } = openBox()
    const say = (text: string, inputType: string) => {
      field().value = text
      fireEvent(field(), new InputEvent('input', { bubbles: true, inputType }))
    }
    say('Hello', 'insertText')
    say('Hello word', 'insertText')
    say('Hello world', 'insertReplacementText')
    expect(field()).toHaveValue('Hello world')
    expect(calls()).toEqual(['start'])
    fireEvent.click(button())
    expect(onSend.mock.calls).toEqual([['Hello world']])
  })
})
