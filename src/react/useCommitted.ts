import { useInsertionEffect, useState } from 'react'

/**
 * A box that holds the value of the last committed render: for what is read when needed, whose identity never matters.
 * Renders that are thrown away leave no trace in it.
 */
export function useCommitted<T>(value: T): { readonly current: T } {
  const [box] = useState(() => ({ current: value }))
  // Insertion effects run before every other effect of the commit, so none of them sees an old value.
  useInsertionEffect(() => {
    put(box, value)
  })
  return box
}

function put<T>(box: { current: T }, value: T): void {
  box.current = value
}
