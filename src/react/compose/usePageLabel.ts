import { type Ref, useState, useSyncExternalStore } from 'react'
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
      const refresh = () =>
        set({ isThere: [...(element?.labels ?? [])].some((label) => names(label, element)) })
      refresh()
      if (element === null) return
      observer = new MutationObserver((records) => {
        if (records.some((record) => record.target === element || isOfLabel(record))) refresh()
      })
      observer.observe(element.getRootNode(), {
        subtree: true,
        childList: true,
        characterData: true,
        attributeFilter: ['for', 'id', 'alt', 'aria-label'],
      })
    },
    isThere: () => state().isThere,
    subscribe,
  }
}

/** What names a field without a text. */
const pictures = '[alt]:not([alt=""]), [aria-label]:not([aria-label=""])'

/** Whether a label says anything, without a box inside it. One that says nothing would leave the field without a name. */
function names(label: HTMLLabelElement, field: Element | null): boolean {
  const box = field?.closest('.rlt-compose') ?? null
  const text = label.textContent.replace(box?.textContent ?? '', '')
  return (
    text.trim() !== '' ||
    label.matches(pictures) ||
    [...label.querySelectorAll(pictures)].some((one) => box?.contains(one) !== true)
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
