import { addons } from 'storybook/manager-api'
import { readTheme, watchTheme } from './theme.js'

// Under a story, the panel would cover half of the phone.
addons.setConfig({ panelPosition: 'right', rightPanelWidth: 320 })

const paint = () => addons.setConfig({ theme: readTheme() })
paint()
watchTheme(paint)
