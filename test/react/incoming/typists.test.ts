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

it('a snapshot that says when they began corrects what was known, unless it is about the same time', () => {
  const typists = createTypists()
  const who = { type: 'recipient' } as const
  typists.hear({ type: 'typing', chatId: 'c1', who, age: 0, endsIn: 90_000 }, at(0))
  const since = (age: number) => {
    typists.hear({ type: 'snapshot', typing: [{ chatId: 'c1', who, age, endsIn: 89_000 }] }, at(80_000))
    return typists.in('c1')[0]?.since.monotonic
  }
  expect(since(77_000)).toBe(0)
  expect(since(1_000)).toBe(79_000)
})
