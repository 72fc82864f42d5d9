import { type Ref, useState, useSyncExternalStore } from 'react'
import { createFieldRef } from './field/fieldRef.js'
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
  const { state, set, subscribe } = createStore({ isThere: false })
  let observer: MutationObserver | undefined

  return {
    follow(element) {
      observer?.disconnect()
      // A label without a text would leave the field without a name.
      const refresh = () =>
        set({ isThere: [...(element?.labels ?? [])].some((label) => ownTextOf(label, element) !== '') })
      refresh()
      if (element === null) return
      observer = new MutationObserver((records) => {
        if (records.some((record) => record.target === element || isOfLabel(record))) refresh()
      })
      observer.observe(element.getRootNode(), {
        subtree: true,
        childList: true,
        attributeFilter: ['for', 'id'],
      })
    },
    isThere: () => state().isThere,
    subscribe,
  }
}

/** The text of a label, without that of a box inside it. */
function ownTextOf({ textContent }: HTMLLabelElement, field: Element | null): string {
  return textContent.replace(field?.closest('.rlt-compose')?.textContent ?? '', '').trim()
}

/** Whether a label came, went or changed. Asking the field at each change would search the whole page. */
function isOfLabel({ target, addedNodes, removedNodes }: MutationRecord): boolean {
  const isLabel = (node: Partial<Element>) =>
    (node.closest?.('label') ?? node.querySelector?.('label') ?? null) !== null
  return (
    ((target as Partial<Element>).closest?.('label') ?? null) !== null ||
    ([...addedNodes, ...removedNodes] as Partial<Element>[]).some(isLabel)
  )
}
