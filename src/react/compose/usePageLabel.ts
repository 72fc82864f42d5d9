import { type Ref, useState, useSyncExternalStore } from 'react'
import { createFieldRef } from './field/fieldRef.js'

/**
 * Whether a `<label>` of the page names a field, now or later. A server can't know, and says no.
 *
 * @param theirs the host's own ref to the field, which is joined to the one that is given back.
 */
export function usePageLabel(
  theirs: Ref<HTMLTextAreaElement> | undefined,
): [isLabelled: boolean, ref: Ref<HTMLTextAreaElement>] {
  const [label] = useState(createPageLabel)
  const [join] = useState(() => createFieldRef(label.follow))
  return [useSyncExternalStore(label.subscribe, label.isThere, no), join(theirs)]
}

const no = () => false

interface PageLabel {
  follow: (element: HTMLTextAreaElement | null) => void
  isThere: () => boolean
  subscribe: (listener: () => void) => () => void
}

function createPageLabel(): PageLabel {
  const listeners = new Set<() => void>()
  let element: HTMLTextAreaElement | null = null
  let observer: MutationObserver | null = null
  let isThere = false

  const look = () => {
    // A label without a text would leave the field without a name.
    const next = [...(element?.labels ?? [])].some((label) => ownTextOf(label, element) !== '')
    if (next === isThere) return
    isThere = next
    for (const listener of [...listeners]) listener()
  }

  return {
    follow(next) {
      observer?.disconnect()
      element = next
      look()
      if (next === null) return
      observer = new MutationObserver((records) => {
        if (records.some((record) => record.target === element || isOfLabel(record))) look()
      })
      observer.observe(next.getRootNode(), {
        subtree: true,
        childList: true,
        attributeFilter: ['for', 'id'],
      })
    },
    isThere: () => isThere,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The text of a label, without that of a box that stands in it. */
function ownTextOf({ textContent }: HTMLLabelElement, field: Element | null): string {
  const box = field?.closest('.rlt-compose')?.textContent
  return (box === undefined ? textContent : textContent.replace(box, '')).trim()
}

/** Whether a label came, went, or changed. Asking the field at each change would search the whole page. */
function isOfLabel({ target, addedNodes, removedNodes }: MutationRecord): boolean {
  const isIn = (node: Node) =>
    isElement(node) && (node.localName === 'label' || node.querySelector('label') !== null)
  return (
    (target as Partial<Element>).closest?.('label') != null || [...addedNodes, ...removedNodes].some(isIn)
  )
}

function isElement(node: Node): node is Element {
  return 'localName' in node
}
