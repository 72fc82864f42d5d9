import { cleanup, render, screen } from '@testing-library/react'
import { TypingBubble, type TypingBubbleProps, TypingProvider } from 'react-linq-typing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { pass } from '../linqPage.js'
import { heldFeed } from './heldFeed.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  document.documentElement.lang = ''
})

const fetcher = () => Promise.resolve()

function open(props: Partial<TypingBubbleProps> = {}) {
  const { feed, tell } = heldFeed()
  const page = (next: Partial<TypingBubbleProps> = {}) => (
    <TypingProvider fetcher={fetcher} feed={feed}>
      <TypingBubble chatId="c1" name="Ada" {...props} {...next} />
    </TypingProvider>
  )
  const { container, rerender } = render(page())
  const tellTyping = (who: object) => tell({ type: 'typing', chatId: 'c1', who, age: 0, endsIn: 90_000 })
  return {
    bubble: () => container.querySelector('.rlt-bubble')!,
    dots: () => container.querySelectorAll('.rlt-bubble-dot').length,
    names: () => container.querySelector('.rlt-bubble-names')?.textContent ?? null,
    show: (next: Partial<TypingBubbleProps>) => rerender(page(next)),
    types: (...handles: (string | undefined)[]) =>
      handles.forEach((handle) => tellTyping({ type: 'recipient', handle })),
    answers: (id: string, name?: string) => tellTyping({ type: 'agent', id, name }),
    stops: (handle: string) => tell({ type: 'idle', chatId: 'c1', who: { type: 'recipient', handle } }),
    rests: () => tell({ type: 'snapshot', typing: [] }),
  }
}

it('takes a number for a chat’s id, as apps without types may pass', () => {
  open({ chatId: 42 as never })
  expect(told()).toBe('')
})

const told = () => screen.getByRole('status').textContent

/** Everything that a live region says in a while: each text that it changes to. */
function listen() {
  const said: string[] = []
  const region = screen.getByRole('status')
  const observer = new MutationObserver(() => {
    if (region.textContent !== '') said.push(region.textContent)
  })
  observer.observe(region, { childList: true, characterData: true, subtree: true })
  return said
}

describe('a bubble', () => {
  it('shows three dots, with a name for who looks for one, while the other side types', () => {
    const { bubble, dots, types, rests } = open()
    expect(dots()).toBe(0)
    expect(bubble()).not.toHaveAttribute('data-typing')
    types(undefined)
    expect(dots()).toBe(3)
    expect(bubble()).toHaveAttribute('data-typing', '')
    expect(screen.getByRole('img', { name: 'Ada is typing' })).toBeInTheDocument()
    rests()
    expect(dots()).toBe(0)
  })

  it('is the same element all the time, so that nothing on the page moves', () => {
    const { bubble, types, rests } = open()
    const before = bubble()
    types(undefined)
    rests()
    expect(bubble()).toBe(before)
  })

  it('takes the attributes and the class of a div', () => {
    const { bubble } = open({ id: 'b', className: 'mine', style: { margin: 3 } })
    expect(bubble()).toHaveAttribute('id', 'b')
    expect(bubble()).toHaveClass('rlt-bubble', 'mine')
    expect(bubble()).toHaveStyle({ margin: '3px' })
  })

  it('is silent without a chat, and takes null for every option', () => {
    const { dots, types } = open({
      chatId: null,
      name: null,
      labels: null,
      announce: null,
      of: null,
      className: null,
    })
    types(undefined)
    expect(dots()).toBe(0)
    expect(told()).toBe('')
  })
})

describe('the names in a bubble', () => {
  const name = (handle: string) =>
    ({ '+1': 'Ada', '+2': 'Ben', '+3': 'Cleo', '+4': 'Dan', '+5': 'Eve' })[handle]

  it.each<[number, string]>([
    [1, 'Ada is typing'],
    [2, 'Ada and Ben are typing'],
    [3, 'Ada, Ben, and Cleo are typing'],
    [4, 'Ada, Ben, Cleo, and 1 other are typing'],
    [5, 'Ada, Ben, Cleo, and 2 others are typing'],
  ])('of %i in a group: %s', (count, text) => {
    document.documentElement.lang = 'en'
    const { names, types } = open({ name })
    types(...['+1', '+2', '+3', '+4', '+5'].slice(0, count))
    expect(names()).toBe(text)
  })

  it('are joined as the page’s language does', () => {
    document.documentElement.lang = 'de'
    const { names, types } = open({ name, labels: { typing: (who) => `${who} schreiben` } })
    types('+1', '+2')
    expect(names()).toBe('Ada und Ben schreiben')
  })

  it('are joined somehow where the page names no language that exists', () => {
    document.documentElement.lang = 'no such language'
    const { names, types } = open({ name })
    types('+1', '+2')
    expect(names()).toMatch(/Ada.+Ben are typing/)
  })

  it('say someone for who has none, and survive a function that throws', async () => {
    const errors: unknown[] = []
    const note = (error: unknown) => errors.push(error)
    process.on('uncaughtException', note)
    onTestFinished(() => void process.off('uncaughtException', note))
    const { names, types } = open({
      name: () => {
        throw new Error('no such person')
      },
    })
    types('+9')
    expect(names()).toBe('Someone is typing')
    await pass(0)
    expect(new Set(errors.map(String))).toEqual(new Set(['Error: no such person']))
  })

  it.each(['', '  ', 7 as never, {} as never])('say someone where a name is %j', (name) => {
    const { names, types, show } = open({ name: () => name })
    types('+9')
    expect(names()).toBe('Someone is typing')
    show({ name })
    expect(screen.getByRole('img', { name: 'Someone is typing' })).toBeInTheDocument()
  })

  it('say someone once for several who have none', () => {
    const { names, types } = open({ name: () => null })
    types('+8', '+9')
    expect(names()).toBe('Someone is typing')
  })

  it('are a given name whoever types', () => {
    const { types } = open()
    types('+8', '+9')
    expect(screen.getByRole('img', { name: 'Ada is typing' })).toBeInTheDocument()
  })

  it('are those of colleagues who answer', () => {
    const { names, answers, types } = open({ of: 'agents', name: (id) => (id === 'eve' ? 'Eve' : null) })
    types(undefined)
    expect(names()).toBeNull()
    answers('ben', 'Ben')
    answers('eve')
    expect(names()).toBe('Ben and Eve are answering')
  })
})

describe('colleagues of one name', () => {
  it('are counted as the people they are', () => {
    const { names, answers } = open({ of: 'agents', name: null })
    answers('1', 'Alex')
    answers('2', 'Alex')
    answers('3', 'Ben')
    answers('4', 'Cem')
    answers('5', 'Dora')
    expect(names()).toBe('Alex, Alex, Ben, and 2 others are answering')
  })
})

describe('a recipient who writes from two handles', () => {
  it('is named once', () => {
    const { names, types } = open({ name: () => 'Ada' })
    types('+1', 'ada@example.com')
    expect(names()).toBe('Ada is typing')
  })
})

describe('a screen reader', () => {
  it('is told once in a minute of typing on and off', async () => {
    const { types, rests } = open()
    const said = listen()
    for (let round = 0; round < 10; round++) {
      types(undefined)
      await pass(4_000)
      rests()
      await pass(2_000)
    }
    expect(said).toEqual(['Ada is typing'])
  })

  it('is told after 2 s, not of who stops before', async () => {
    const { types, rests } = open()
    types(undefined)
    await pass(1_999)
    rests()
    await pass(10_000)
    types(undefined)
    await pass(1_999)
    expect(told()).toBe('')
    await pass(1)
    expect(told()).toBe('Ada is typing')
  })

  it('is told again once it has been quiet for 30 s', async () => {
    const { types, rests } = open()
    const said = listen()
    for (const quiet of [29_900, 30_000]) {
      types(undefined)
      await pass(5_000)
      rests()
      await pass(quiet)
    }
    types(undefined)
    await pass(5_000)
    expect(said).toEqual(['Ada is typing', 'Ada is typing'])
  })

  it('is not told again when another name joins', async () => {
    const { types } = open({ name: (handle) => handle })
    const said = listen()
    types('+1')
    await pass(3_000)
    types('+2')
    await pass(10_000)
    expect(said).toEqual(['+1 is typing'])
  })

  it('keeps nothing that is no longer so when another one types on', async () => {
    const { types, stops } = open({ name: (handle) => handle })
    const said = listen()
    types('+1')
    await pass(3_000)
    types('+2')
    expect(told()).toBe('')
    stops('+1')
    await pass(10_000)
    expect(told()).toBe('')
    expect(said).toEqual(['+1 is typing'])
  })

  it('is told of a chat that was switched to', async () => {
    const { types, show } = open({ chatId: 'c2' })
    types(undefined)
    await pass(5_000)
    expect(told()).toBe('')
    show({ chatId: 'c1' })
    await pass(2_000)
    expect(told()).toBe('Ada is typing')
  })

  it('is told nothing by a bubble in a row of a list', async () => {
    const { types } = open({ announce: false })
    types(undefined)
    await pass(5_000)
    expect(screen.queryByRole('status')).toBeNull()
    expect(screen.getByRole('img', { name: 'Ada is typing' })).toBeInTheDocument()
  })
})
