import type { Parameters } from '@storybook/react-vite'

/** The parameters of a story whose docs show this code. */
export function showCode(code: string): Parameters {
  return { docs: { canvas: { sourceState: 'shown' }, source: { code, language: 'tsx', type: 'code' } } }
}
