import { countCharacters, isSurelyBetween } from './characters.js'

/** How much of two texts is compared at once. */
const stride = 4_096

/** Counts the characters of texts that grow out of each other: only what an edit touched is counted anew. */
export function createRecount(): (text: string) => number {
  let last = ''
  let count = 0

  return (text) => {
    const [from, to] = changed(last, text)
    const lastTo = last.length - (text.length - to)
    count += countCharacters(text.slice(from, to)) - countCharacters(last.slice(from, lastTo))
    last = text
    return count
  }
}

/** Where the later text differs, widened to where a character surely ends in both. */
function changed(before: string, after: string): [from: number, to: number] {
  const head = sharedHead(before, after)
  const tail = after.length - sharedTail(before, after, Math.min(before.length, after.length) - head)
  let from = head
  while (from > 0 && !(from < head && isSurelyBetween(after, from))) from--
  let to = tail
  while (to < after.length && !(to > tail && isSurelyBetween(after, to))) to++
  return [from, to]
}

function sharedHead(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  const isShared = (at: number, size: number) => before.slice(at, at + size) === after.slice(at, at + size)
  let head = 0
  while (head + stride <= most && isShared(head, stride)) head += stride
  while (head < most && isShared(head, 1)) head++
  return head
}

function sharedTail(before: string, after: string, most: number): number {
  const end = (text: string, left: number, size: number) =>
    text.slice(text.length - left - size, text.length - left)
  const isShared = (left: number, size: number) => end(before, left, size) === end(after, left, size)
  let tail = 0
  while (tail + stride <= most && isShared(tail, stride)) tail += stride
  while (tail < most && isShared(tail, 1)) tail++
  return tail
}
