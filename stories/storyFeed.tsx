import type { Decorator } from '@storybook/react-vite'
import { TypingProvider } from 'react-linq-typing'
import { createFakeFeed, type FakeFeed } from 'react-linq-typing/testing'
import type { Args, Renderer } from 'storybook/internal/types'
import './typingBubble.css'

type Typing = NonNullable<Parameters<FakeFeed['snapshot']>[0]>

declare module 'storybook/internal/csf' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- it merges with one that has these parameters
  interface StoryContext<TRenderer extends Renderer = Renderer, TArgs = Args> {
    /** Tells the story's page who types. */
    feed: FakeFeed
  }
  interface Parameters {
    /** Who types when the story begins. */
    typing?: Typing | undefined
  }
}

/** Gives a story a feed of its own. */
export function loadFeed(context: { feed: FakeFeed }): object {
  context.feed = createFakeFeed()
  return {}
}

/** Puts a story under a provider whose feed begins with who types then. */
export const underFeed: Decorator = (Story, { feed, parameters }) => (
  <TypingProvider
    fetcher={() => Promise.resolve()}
    feed={(listener) => {
      const end = feed.feed(listener)
      feed.snapshot(parameters.typing)
      return end
    }}
  >
    <div className="bubble-story">
      <Story />
    </div>
  </TypingProvider>
)
