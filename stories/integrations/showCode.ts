import type { Parameters } from '@storybook/react-vite'
import { KitDocs } from './KitDocs.js'

/** The parameters of a kit's story whose docs show this code, at once or when asked for it. */
export function showCode(code: string, sourceState: 'shown' | 'hidden' = 'shown'): Parameters {
  return { docs: { page: KitDocs, canvas: { sourceState }, source: { code, language: 'tsx', type: 'code' } } }
}
