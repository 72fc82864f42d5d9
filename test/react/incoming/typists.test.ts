import { expect, it } from 'vitest'
import { createTypists } from '../../../src/react/incoming/typists.js'

const at = (time: number) => ({ monotonic: time, wall: time })

it('a sweep tells of the chats in which somebody is over, and of no other', () => {
  const typists = createTypists()
  const tell = (chatId: string, endsIn: number) =>
    typists.hear({ type: 'typing', chatId, who: { type: 'recipient' }, age: 0, endsIn }, at(0))
  tell('short', 1_000)
  tell('long', 60_000)
  expect([...typists.sweep(at(999))]).toEqual([])
  expect([...typists.sweep(at(1_000))]).toEqual(['short'])
  expect([...typists.sweep(at(1_000))]).toEqual([])
  expect(typists.in('long')).toHaveLength(1)
})
