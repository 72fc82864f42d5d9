import { type Ref, useState, useSyncExternalStore } from 'react'
import { isBlank } from '../../core/isBlank.js'
import { useFieldRef } from './field/fieldRef.js'
import { createStore } from './store.js'

/**
 * Whether a `<label>` on the page names the field, now or later. A server can't know, and says no.
 *
 * @param theirs the host's own ref to the field; the returned one sets it too.
 */
export function usePageLabel(
  theirs: Ref<HTMLTextAreaElement> | undefined,
): [isLabelled: boolean, ref: Ref<HTMLTextAreaElement>] {
  const [label] = useState(createPageLabel)
  const join = useFieldRef(label.follow)
  return [useSyncExternalStore(label.subscribe, label.isThere, no), join(theirs)]
}

const no = () => false

interface PageLabel {
  follow: (element: HTMLTextAreaElement | null) => void
  isThere: () => boolean
  subscribe: (listener: () => void) => () => void
}

function createPageLabel(): PageLabel {
  const { state, set, subscribe } = createStore({ isThere: false })
  let observer: MutationObserver | undefined

  return {
    follow(element) {
      observer?.disconnect()
      const refresh = () => set({ isThere: [...(element?.labels ?? [])].some(saysSomething) })
      refresh()
      if (element === null) return
      observer = new MutationObserver((records) => {
        if (records.some((record) => record.target === element || isOfLabel(record))) refresh()
      })
      observer.observe(element.getRootNode(), {
        subtree: true,
        childList: true,
        characterData: true,
        attributeFilter: ['for', 'id', 'alt', 'aria-label', 'hidden', 'aria-hidden'],
      })
    },
    isThere: () => state().isThere,
    subscribe,
  }
}

/** What no label says: what screen readers skip, and the box. */
const unsaid = '[hidden], [aria-hidden="true"], style, .rlt-compose'

/** Whether a label, or a part of it, says anything. A label that says nothing would leave the field without a name. */
function saysSomething(node: Node): boolean {
  if (node.nodeValue !== null) return node.nodeType === 3 && !isBlank(node.nodeValue)
  const element = node as Element
  return (
    !element.matches(unsaid) &&
    (['alt', 'aria-label'].some((name) => !isBlank(element.getAttribute(name) ?? '')) ||
      [...element.childNodes].some(saysSomething))
  )
}

/** Whether a label came, went or changed. Asking the field at each change would search the whole page. */
function isOfLabel({ target, addedNodes, removedNodes }: MutationRecord): boolean {
  const isLabel = (node: Partial<Element>) =>
    (node.closest?.('label') ?? node.querySelector?.('label') ?? null) !== null
  const element = (target.nodeType === 1 ? target : target.parentElement) as Partial<Element> | null
  return (
    (element?.closest?.('label') ?? null) !== null ||
    ([...addedNodes, ...removedNodes] as Partial<Element>[]).some(isLabel)
  )
}
