import type { Decorator, Parameters } from '@storybook/react-vite'
import type { Args, Renderer } from 'storybook/internal/types'
import { createStoryLinq, type StoryLinq, type StoryLinqOptions } from './createStoryLinq.js'
import { createRecipientPhone, type RecipientPhone } from './RecipientPhone.js'
import { Stage } from './Stage.js'
import { readSettings } from './StageSettings.js'

declare module 'storybook/internal/csf' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- it merges with one that has these parameters
  interface StoryContext<TRenderer extends Renderer = Renderer, TArgs = Args> {
    linq: StoryLinq
    /** The recipient's, to be asserted about. */
    phone: RecipientPhone
  }
  interface Parameters {
    linq?: StoryLinqOptions | undefined
  }
}

interface Loaded {
  linq: StoryLinq
  phone: RecipientPhone
  lifetime: number
}

interface LoadingStory {
  abortSignal: AbortSignal
  args: object
  parameters: Parameters
  linq: StoryLinq
  phone: RecipientPhone
}

/** By the signal of a story's stay on the page: it outlives a change of its controls. */
const stays = new WeakMap<AbortSignal, Loaded>()

/** Loads a story's own Linq, and the phone of whoever it writes to. */
export function loadLinq(context: LoadingStory): Pick<Loaded, 'linq' | 'phone'> {
  const { abortSignal, args, parameters } = context
  const settings = readSettings(args)
  let loaded = stays.get(abortSignal)
  if (loaded?.lifetime !== settings.lifetime) {
    const linq = createStoryLinq(parameters.linq, settings)
    loaded = { linq, phone: createRecipientPhone(linq), lifetime: settings.lifetime }
    stays.set(abortSignal, loaded)
  }
  context.linq = loaded.linq
  context.phone = loaded.phone
  return { linq: loaded.linq, phone: loaded.phone }
}

/** Puts a story on the stage, beside the recipient's phone. */
export const inStage: Decorator = (Story, { linq }) => (
  <Stage key={linq.chatId} linq={linq}>
    <Story />
  </Stage>
)
