import type { Meta, StoryObj } from '@storybook/react-vite'
import { ComposeBox, TypingBubble } from 'react-linq-typing'
import { expect, waitFor } from 'storybook/test'
import { loadFeed, underFeed } from './storyFeed.js'

const they = (handle: string) => ({ chatId: 'ada', who: { type: 'recipient', handle } as const })
const people: Record<string, string> = { '+1': 'Ada', '+2': 'Ben', '+3': 'Cleo', '+4': 'Dan', '+5': 'Eve' }
const nameOf = (handle: string) => people[handle]

/** Three dots while somebody types on the other side, or a colleague does. A fake feed tells who. */
const meta = {
  title: 'TypingBubble',
  component: TypingBubble,
  args: { chatId: 'ada', name: 'Ada' },
  loaders: [loadFeed],
  decorators: [underFeed],
  parameters: { typing: [{ chatId: 'ada', who: { type: 'recipient' } }] },
} satisfies Meta<typeof TypingBubble>

export default meta

type Story = StoryObj<typeof meta>

/** The first element of a class. */
function find(element: HTMLElement, className: string): Element {
  const [found] = element.getElementsByClassName(className)
  if (found === undefined) throw new Error(`there is no .${className}`)
  return found
}
const bubbleIn = (element: HTMLElement) => find(element, 'rlt-bubble')

/** A screen reader is told once, after two seconds. Nothing on the page moves when the dots come and go. */
export const TheyType: Story = {
  play: async ({ canvas, canvasElement, feed }) => {
    const bubble = bubbleIn(canvasElement)
    const { height } = bubble.getBoundingClientRect()
    await expect(canvas.getByRole('img', { name: 'Ada is typing' })).toBeVisible()
    await expect(canvas.getByRole('status')).toBeEmptyDOMElement()
    await expect(await canvas.findByText('Ada is typing')).toHaveAttribute('role', 'status')
    feed.message('ada')
    await waitFor(() => expect(canvas.queryByRole('img')).toBeNull())
    await expect(canvas.getByRole('status')).toBeEmptyDOMElement()
    await expect(bubble.getBoundingClientRect().height).toBe(height)
  },
}

/** Nobody types: the bubble keeps its place. */
export const NobodyTypes: Story = {
  parameters: { typing: [] },
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.queryByRole('img')).toBeNull()
    await expect(bubbleIn(canvasElement).getBoundingClientRect().height).toBeGreaterThan(20)
  },
}

/** In a group `name` is a function from a handle to a name. Three names are shown, then how many others. */
export const SeveralNames: Story = {
  args: { name: nameOf },
  parameters: { typing: Object.keys(people).map((handle) => they(handle)) },
  play: async ({ canvas, feed }) => {
    await expect(
      await canvas.findByText(/^Ada, Ben,? and 3 others|^Ada, Ben, Cleo,? and 2 others/),
    ).toBeVisible()
    feed.idle('ada', { type: 'recipient', handle: '+1' })
    feed.idle('ada', { type: 'recipient', handle: '+2' })
    feed.idle('ada', { type: 'recipient', handle: '+3' })
    await expect(await canvas.findByText('Dan and Eve are typing')).toBeVisible()
  },
}

/** The stream breaks, so no stop arrives. The bubble times out: after 90 s at most, here after one. */
export const LostStream: Story = {
  parameters: { typing: [{ chatId: 'ada', who: { type: 'recipient' }, endsIn: 1_000 }] },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('img', { name: 'Ada is typing' })).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('img')).toBeNull())
  },
}

/** The dots move by opacity and transform alone. Under reduced motion they stand still, as here. */
export const ReducedMotion: Story = {
  args: { className: 'bubble-still' },
  play: async ({ canvasElement }) => {
    const [dot] = canvasElement.querySelectorAll('.rlt-bubble-dot')
    await expect(dot?.getAnimations()).toEqual([])
    bubbleIn(canvasElement).classList.remove('bubble-still')
    const frames =
      dot?.getAnimations().flatMap(({ effect }) => (effect as KeyframeEffect).getKeyframes()) ?? []
    const moved = frames.flatMap((frame) => Object.keys(frame))
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    await expect(new Set(moved.filter((name) => !/offset|easing|composite/i.test(name)))).toEqual(
      new Set(still ? [] : ['opacity', 'transform']),
    )
    bubbleIn(canvasElement).classList.add('bubble-still')
  },
}

/** Right to left: the dots are on the right, and the names on their left. */
export const RightToLeft: Story = {
  args: {
    of: 'agents',
    dir: 'rtl',
    lang: 'ar',
    labels: { answering: (names) => `${names} يكتب الآن` },
  },
  parameters: { typing: [{ chatId: 'ada', who: { type: 'agent', id: 'layla', name: 'ليلى' } }] },
  play: async ({ canvasElement }) => {
    const dots = find(canvasElement, 'rlt-bubble-dots').getBoundingClientRect()
    const names = find(canvasElement, 'rlt-bubble-names').getBoundingClientRect()
    await expect(dots.left).toBeGreaterThanOrEqual(names.right)
  },
}

/** A colleague is already answering in this chat. */
export const AColleagueAnswers: Story = {
  args: { of: 'agents', name: null },
  parameters: { typing: [{ chatId: 'ada', who: { type: 'agent', id: 'ben', name: 'Ben' } }] },
  render: (args) => (
    <>
      <TypingBubble {...args} />
      <ComposeBox chatId="ada" onSend={() => undefined} />
    </>
  ),
  play: async ({ canvas, canvasElement, feed }) => {
    const box = canvas.getByRole('textbox')
    const { top } = box.getBoundingClientRect()
    await expect(canvas.getByText('Ben is answering')).toBeVisible()
    feed.typing('ada', { type: 'agent', id: 'eve', name: 'Eve' })
    await expect(await canvas.findByText('Ben and Eve are answering')).toBeVisible()
    feed.message('ada', { from: 'agent', actor: 'ben' })
    feed.message('ada', { from: 'agent', actor: 'eve' })
    await waitFor(() => expect(canvasElement.querySelector('.rlt-bubble-dot')).toBeNull())
    await expect(box.getBoundingClientRect().top).toBe(top)
  },
}

/** In a list of chats a bubble in each row tells a screen reader nothing by itself. */
export const InAList: Story = {
  parameters: { typing: [{ chatId: '+2', who: { type: 'recipient' } }] },
  render: (args) => (
    <ul className="bubble-list">
      {Object.entries(people).map(([chatId, name]) => (
        <li key={chatId}>
          {name}
          <TypingBubble {...args} chatId={chatId} name={name} announce={false} />
        </li>
      ))}
    </ul>
  ),
  play: async ({ canvas, feed }) => {
    const heights = () => canvas.getAllByRole('listitem').map((row) => row.getBoundingClientRect().height)
    const before = heights()
    await expect(canvas.getByRole('img', { name: 'Ben is typing' })).toBeVisible()
    feed.typing('+4')
    await expect(await canvas.findByRole('img', { name: 'Dan is typing' })).toBeVisible()
    await expect(canvas.queryByRole('status')).toBeNull()
    await expect(heights()).toEqual(before)
  },
}
