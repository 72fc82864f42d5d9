import { type Ref, useEffect, useState } from 'react'
import { listen } from './fieldElement.js'

type Attach = (element: HTMLTextAreaElement | null) => void

type Join = (theirs: Ref<HTMLTextAreaElement> | undefined) => Attach

/**
 * Joins our ref to the host's. When the ref changes from render to render, React detaches the element and attaches it
 * again; ours keeps it, and so what is being composed in it.
 *
 * @param attach told of the element, and told again once the element has come into another page.
 */
export function useFieldRef(attach: Attach): Join {
  const [{ join, move }] = useState(() => createFieldRef(attach))
  // Effects further up may yet put the element into the page.
  useEffect(() => queueMicrotask(move))
  return join
}

function createFieldRef(attach: Attach): { join: Join; move: () => void } {
  let attached: HTMLTextAreaElement | null = null
  let root: Node | null = null
  let unlisten: (() => void) | undefined
  let isLeft = false
  let known: Ref<HTMLTextAreaElement> | undefined
  let joined = joinTo(undefined)

  const follow: Attach = (element) => {
    isLeft = false
    if (element === attached) return
    unlisten?.()
    unlisten = listen(element, { focus: move })
    attached = element
    root = element && rootOf(element)
    attach(element)
  }
  /**
   * A page may put its elements into the document late, or move them to another window as they are (picture-in-picture).
   * Nothing tells of it.
   */
  const move = () => {
    const element = attached
    if (isLeft || element === null || rootOf(element) === root) return
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

  function joinTo(theirs: Ref<HTMLTextAreaElement> | undefined): Attach {
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

  return {
    join(theirs) {
      if (theirs !== known) joined = joinTo(theirs)
      known = theirs
      return joined
    },
    move,
  }
}

/** The document that an element is in, across shadow trees; the outermost element around it if it is in none. */
function rootOf(element: Element): Node {
  return element.getRootNode({ composed: true })
}
