import { fireEvent, screen } from '@testing-library/react'
import { ComposeBox } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linqPage, pass } from '../../linqPage.js'
import { field, openBox, press, write } from '../openBox.js'

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

  it('from no chat to one with a draft leaves out a default value, however often it is opened (row 27)', () => {
    const { change, chatId } = openBox({ chatId: null, defaultValue: 'Hi' })
    change({ chatId })
    for (const key of ['second', 'third']) {
      change({ key, chatId: null })
      expect(field()).toHaveValue('Hi')
      change({ key, chatId })
      expect(field()).toHaveValue('Hi')
    }
  })

  it('from no chat to one with a draft adds a default value that was edited, or sent in vain', async () => {
    const { change, chatId, submit } = openBox()
    write('a draft')
    change({ key: 'second', chatId: null, defaultValue: 'Hi' })
    write('Hi there')
    change({ key: 'second', chatId })
    expect(field()).toHaveValue('a draft\nHi there')
    change({ key: 'third', chatId: null, defaultValue: 'Hi' })
    await submit('Hi').fail()
    expect(field()).toHaveValue('Hi')
    change({ key: 'third', chatId })
    expect(field()).toHaveValue('a draft\nHi there\nHi')
  })

  it('that mounts another box with the same id takes no text from the first (row 72)', () => {
    const { change, linq } = openBox({ id: 'message' })
    write('for the first chat')
    change({ key: 'another', id: 'message', chatId: linq.addChat() })
    expect(field()).toHaveValue('')
  })
})

describe('the drafts of two boxes on one chat', () => {
  function openTwo() {
    const page = linqPage()
    const chats = [page.linq.addChat(), page.linq.addChat()] as const
    const boxes = (chatId: string, hasSecond: boolean) => (
      <>
        <ComposeBox chatId={chatId} onSend={() => undefined} />
        {hasSecond && <ComposeBox label="Second" chatId={chatId} onSend={() => undefined} />}
      </>
    )
    const view = page.show(boxes(chats[0], false))
    return {
      chats,
      show: (chatId: string, hasSecond: boolean) => view.show(boxes(chatId, hasSecond)),
      second: () => screen.getByLabelText('Second'),
    }
  }

  it('are gone once one of them is sent', () => {
    const { chats, show, second } = openTwo()
    write('a draft')
    show(chats[1], false)
    show(chats[0], false)
    expect(field()).toHaveValue('a draft')
    press('Enter')
    show(chats[0], true)
    expect(second()).toHaveValue('')
  })

  it('outlive an empty box that closes', () => {
    const { chats, show } = openTwo()
    show(chats[0], true)
    write('a draft')
    show(chats[1], true)
    show(chats[0], false)
    expect(field()).toHaveValue('a draft')
  })

  it('are joined when both boxes close', () => {
    const { chats, show, second } = openTwo()
    show(chats[0], true)
    write('one')
    fireEvent.input(second(), { target: { value: 'two' } })
    show(chats[1], true)
    show(chats[0], true)
    expect(field()).toHaveValue('one\ntwo')
    expect(second()).toHaveValue('')
  })
})

describe('a box for something else beside that of the chat', () => {
  function openBeside() {
    const page = linqPage()
    const chatId = page.linq.addChat()
    const boxes = (beside: { chatId: string | null; text?: string } | null) => (
      <>
        <ComposeBox chatId={chatId} onSend={() => undefined} />
        {beside !== null && (
          <ComposeBox
            key={beside.text}
            chatId={beside.chatId}
            defaultValue={beside.text}
            announceTyping={false}
            label="Beside"
            onSend={() => undefined}
          />
        )}
      </>
    )
    const view = page.show(boxes(null))
    return {
      chatId,
      show: (beside: Parameters<typeof boxes>[0]) => view.show(boxes(beside)),
      hide: () => view.show(<p />),
      beside: () => screen.getByLabelText('Beside'),
    }
  }

  it('without a chat begins with its own text each time, and leaves none', () => {
    const { show, hide, beside } = openBeside()
    show({ chatId: null, text: 'an old message' })
    expect(beside()).toHaveValue('an old message')
    show(null)
    show({ chatId: null, text: 'another old message' })
    expect(beside()).toHaveValue('another old message')
    hide()
    show(null)
    expect(field()).toHaveValue('')
  })

  it('with a name of its own keeps a draft of its own', () => {
    const { chatId, show, hide, beside } = openBeside()
    const note = { chatId: `note:${chatId}` }
    show(note)
    write('for them')
    fireEvent.input(beside(), { target: { value: 'for us alone' } })
    hide()
    show(note)
    expect(field()).toHaveValue('for them')
    expect(beside()).toHaveValue('for us alone')
  })
})

it('beyond 200 drafts, the one left the longest ago is forgotten first', () => {
  const { change, chatId } = openBox()
  write('the oldest')
  change({ chatId: 'next' })
  write('the second')
  for (let chat = 0; chat < 199; chat++) {
    change({ chatId: `chat ${chat}` })
    write(`draft ${chat}`)
  }
  change({ chatId: 'last' })
  change({ chatId })
  expect(field()).toHaveValue('')
  change({ chatId: 'next' })
  expect(field()).toHaveValue('the second')
})
