import type { Ref } from 'react'

type Attach = (element: HTMLTextAreaElement | null) => void

/** Joins our ref to the host's: the same function for the same ref, or React would let go of the element at each render. */
export function createFieldRef(attach: Attach): (theirs: Ref<HTMLTextAreaElement> | undefined) => Attach {
  let known: Ref<HTMLTextAreaElement> | undefined
  let joined = attach

  return (theirs) => {
    if (theirs === known) return joined
    known = theirs
    let cleanUp: (() => void) | undefined
    return (joined = (element) => {
      attach(element)
      if (typeof theirs === 'function') {
        // React 19's refs may return what undoes them, and then are not called with null.
        if (element === null && cleanUp !== undefined) cleanUp()
        else cleanUp = theirs(element) as (() => void) | undefined
      } else if (theirs != null) theirs.current = element
    })
  }
}
