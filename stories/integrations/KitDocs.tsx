import { Controls, Description, Primary, Stories, Title } from '@storybook/addon-docs/blocks'
import type { ReactNode } from 'react'

/** The documentation of a kit: its first story with its code, and then the others. */
export function KitDocs(): ReactNode {
  return (
    <>
      <Title />
      <Description />
      <Primary />
      <Controls />
      <Stories includePrimary={false} />
    </>
  )
}
