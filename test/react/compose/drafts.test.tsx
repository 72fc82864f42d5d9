import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pass } from '../linqPage.js'
import { field, openBox, write } from './openBox.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a switch of chat', () => {
  it('keeps what was written for each (restoring it is not typing, row 12)', async () => {
    const { change, chatId, linq, calls } = openBox()
    write('a draft')
    await pass(200)
    const other = linq.addChat()
    change({ chatId: other })
    expect(field()).toHaveValue('')
    change({ chatId })
    expect(field()).toHaveValue('a draft')
    await pass(60_000)
    expect(calls()).toEqual(['start', 'stop'])
  })

  it('from no chat to the first keeps the text (row 27)', () => {
    const { change, chatId } = openBox({ chatId: undefined })
    write('before it had an id')
    change({ chatId })
    expect(field()).toHaveValue('before it had an id')
  })

  it('that makes another box of the same id takes nothing from the one before (row 72)', () => {
    const { change, linq } = openBox({ id: 'message' })
    write('for the first chat')
    change({ key: 'another', id: 'message', chatId: linq.addChat() })
    expect(field()).toHaveValue('')
  })
})
