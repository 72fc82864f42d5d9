import { addons } from 'storybook/manager-api'
import { readTheme, watchTheme } from './theme.js'

const paint = () => addons.setConfig({ theme: readTheme() })
paint()
watchTheme(paint)
