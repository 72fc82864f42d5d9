import type { Meta } from '@storybook/react-vite'
import type { ComponentType } from 'react'
import type { StoryLinq } from '../createStoryLinq.js'
import { loadLinq } from '../onStage.js'
import { Stage } from '../Stage.js'
import { unhurried } from '../StageSettings.js'
import './kit.css'

/** What every integration takes from its app. */
export interface KitInputProps {
  chatId: string
  onSend: (text: string) => Promise<void>
}

/** A kit's input on the stage, with an emulated Linq of each story's own. */
export function kitInStage(KitInput: ComponentType<KitInputProps>) {
  return {
    // The chat and its sending are each story's own.
    args: { chatId: '', onSend: () => Promise.resolve(), ...unhurried },
    argTypes: { chatId: { control: false }, onSend: { control: false } },
    loaders: [loadLinq],
    render: (_args, { loaded }) => {
      const { linq } = loaded as { linq: StoryLinq }
      return (
        <Stage linq={linq}>
          <KitInput chatId={linq.chatId} onSend={linq.send} />
        </Stage>
      )
    },
  } satisfies Meta<KitInputProps>
}
