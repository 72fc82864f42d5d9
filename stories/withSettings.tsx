import type { Decorator } from '@storybook/react-vite'
import { createContext, useContext } from 'react'
import { fastSettings, readSettings, type StageSettings, withoutSettings } from './StageSettings.js'

const SettingsContext = createContext(fastSettings)

/** The settings of the story around. */
export function useSettings(): StageSettings {
  return useContext(SettingsContext)
}

/** Gives the stage its settings, and the story's component the rest of the args. */
export const withSettings: Decorator = (Story, { args }) => (
  <SettingsContext.Provider value={readSettings(args)}>
    <Story args={withoutSettings(args)} />
  </SettingsContext.Provider>
)
