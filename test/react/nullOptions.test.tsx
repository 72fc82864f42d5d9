import { cleanup } from '@testing-library/react'
import { useTypingIndicator } from 'react-linq-typing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { linqPage, pass } from './linqPage.js'
import { Field, typing, write } from './typedField.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it('the hook and the provider treat null as left out, for every option (row 96)', async () => {
  const { linq, calls, show } = linqPage({ provider: { policy: null, enabled: null, queryClient: null } })
  show(<Field chatId={linq.addChat({ isGroup: true })} enabled={null} isTypingText={null} onError={null} />)
  write('h')
  await pass(200)
  expect(calls()).toEqual(['start'])
  expect(typing).toMatchObject({ status: 'unavailable', isTyping: true })
})

it('the hook treats null as left out, for its options, a text and a promise (row 96)', async () => {
  const { linq, calls, show } = linqPage()
  const chatId = linq.addChat()
  let keystroke: (text: string | null) => void = () => undefined
  let sent: (sending: null) => void = () => undefined
  function Editor() {
    const current = useTypingIndicator(chatId, null)
    keystroke = current.keystroke
    sent = current.sent
    return null
  }
  show(<Editor />)
  keystroke(null)
  await pass(200)
  sent(null)
  await pass(60_000)
  expect(calls()).toEqual(['start'])
})
