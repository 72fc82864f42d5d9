import { fireEvent, render, screen } from '@testing-library/react'
import { ComposeBox, TypingProvider, useTypingIndicator } from 'react-linq-typing'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

/** Every clock, and chance: where rendering reads one, a build of Next.js fails. */
const sources: [object, string][] = [
  [Date, 'now'],
  [performance, 'now'],
  [Math, 'random'],
  [crypto, 'randomUUID'],
  [crypto, 'getRandomValues'],
]
const readings: string[] = []
let isWatched = false

/** Takes note of who reads a clock under watch; React's own development build measures itself by one. */
function note() {
  if (!isWatched) return
  const lines = (new Error().stack ?? '').split('\n').slice(1)
  const caller = lines.find((line) => !/pureRender\.test|@vitest|tinyspy/.test(line)) ?? ''
  if (caller.includes('/src/')) readings.push(caller.trim())
}

beforeAll(() => {
  for (const [owner, name] of sources) {
    const read = (owner as Record<string, (...args: unknown[]) => unknown>)[name]!
    vi.spyOn(owner as Record<string, () => unknown>, name).mockImplementation((...args: unknown[]) => {
      note()
      return read.apply(owner, args)
    })
  }
  const construct = (target: DateConstructor, args: unknown[]) => {
    if (args.length === 0) note()
    return Reflect.construct(target, args) as object
  }
  vi.stubGlobal('Date', new Proxy(Date, { construct }))
})
afterAll(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Siblings render in order: what stands between these two renders under watch. */
function Watched() {
  isWatched = true
  return null
}
function Unwatched() {
  isWatched = false
  return null
}

function Field() {
  const { inputProps, status, isTyping } = useTypingIndicator('a')
  return <textarea aria-label={status} data-typing={isTyping} {...inputProps} />
}

const page = () => (
  <>
    <Watched />
    <TypingProvider fetcher={() => Promise.resolve()}>
      <Field />
      <ComposeBox chatId="b" defaultValue="Dear all" maxLength={20} onSend={() => undefined} />
      <ComposeBox chatId={null} value="Dear all" onValueChange={() => undefined} onSend={() => undefined} />
    </TypingProvider>
    <Unwatched />
  </>
)

it('the hook and the box read no clock while rendering (row 89)', () => {
  const view = render(page())
  fireEvent.input(screen.getByLabelText('idle'), { target: { value: 'h' } })
  expect(screen.getByLabelText('starting')).toBeDefined()
  view.rerender(page())
  expect(readings).toEqual([])
})
