import type { StageSettings } from './StageSettings.js'

/** A component's props and the settings of the stage. */
export type StoryArgs<Props> = Props & Partial<StageSettings>
