import type { Ref } from 'react'
import { listen, windowOf } from './fieldElement.js'

type Attach = (element: HTMLTextAreaElement | null) => void

/**
 * Joins our ref to the host's. When the ref changes from render to render, React detaches the element and attaches it
 * again; ours keeps it, and so what is being composed in it.
 */
export function createFieldRef(attach: Attach): (theirs: Ref<HTMLTextAreaElement> | undefined) => Attach {
  let attached: HTMLTextAreaElement | null = null
  let view: Window | null = null
  let unlisten: (() => void) | undefined
  let isLeft = false
  let known: Ref<HTMLTextAreaElement> | undefined
  let joined = join(undefined)

  const follow: Attach = (element) => {
    isLeft = false
    if (element === attached) return
    unlisten?.()
    unlisten = listen(element, { focus: move })
    attached = element
    view = element && windowOf(element)
    attach(element)
  }
  /** A page may move its elements to another window as they are (picture-in-picture); only the next focus tells. */
  const move = () => {
    const element = attached
    if (element === null || windowOf(element) === view) return
    follow(null)
    follow(element)
  }
  /** Once React is done, unless it gave the element back. */
  const leaveSoon = () => {
    isLeft = true
    queueMicrotask(() => {
      if (isLeft) follow(null)
    })
  }

  function join(theirs: Ref<HTMLTextAreaElement> | undefined): Attach {
    let cleanUp: (() => void) | undefined
    return (element) => {
      if (element === null) leaveSoon()
      else follow(element)
      if (typeof theirs === 'function') {
        // In React 19 a ref may return its cleanup, and then it isn't called with null.
        if (element === null && cleanUp !== undefined) cleanUp()
        else {
          // The short form returns the element: `ref={(element) => (mine = element)}`.
          const returned: unknown = theirs(element)
          cleanUp = typeof returned === 'function' ? (returned as () => void) : undefined
        }
      } else if (theirs != null) theirs.current = element
    }
  }

  return (theirs) => {
    if (theirs !== known) joined = join(theirs)
    known = theirs
    return joined
  }
}
