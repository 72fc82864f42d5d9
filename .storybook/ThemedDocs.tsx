import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks'
import { type PropsWithChildren, type ReactNode, useSyncExternalStore } from 'react'
import { readTheme, watchTheme } from './theme.js'

/** A page of documentation, light or dark as whoever looks has it. */
export function ThemedDocs(props: PropsWithChildren<DocsContainerProps>): ReactNode {
  return <DocsContainer {...props} theme={useSyncExternalStore(watchTheme, readTheme)} />
}
