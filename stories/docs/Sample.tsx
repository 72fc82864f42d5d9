import { CodeOrSourceMdx } from '@storybook/addon-docs/blocks'
import type { ReactNode } from 'react'

/** A file of `samples`, read with `?raw`: it is type-checked with everything else. */
export function Sample({ code }: { code: string }): ReactNode {
  return <CodeOrSourceMdx className="language-tsx">{code}</CodeOrSourceMdx>
}
