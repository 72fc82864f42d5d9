/** Whether an element has the focus of its document, or of its shadow tree. */
export function isFocused(element: HTMLElement): boolean {
  return (element.getRootNode() as Document | ShadowRoot).activeElement === element
}
