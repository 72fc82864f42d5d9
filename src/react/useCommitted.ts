import { useInsertionEffect, useState } from 'react'

/**
 * Holds the value of the last committed render, for options and callbacks that are read when needed. Renders that React
 * throws away leave no trace in it.
 */
export function useCommitted<T>(value: T): { readonly current: T } {
  const [box] = useState(() => ({ current: value }))
  // Insertion effects run before all other effects of a commit, so none of them sees an old value.
  useInsertionEffect(() => {
    put(box, value)
  })
  return box
}

function put<T>(box: { current: T }, value: T): void {
  box.current = value
}
