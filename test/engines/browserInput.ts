import { cdp, server } from 'vitest/browser'
import { onTestFinished, vi } from 'vitest'

/** Whether the browser's own protocol can drive an input method. */
export const hasInputMethod = server.browser === 'chromium'

/** Lets the browser's own input method compose `text` in the field that has the focus. */
export async function compose(text: string): Promise<void> {
  const caret = { selectionStart: text.length, selectionEnd: text.length }
  await devtools().send('Input.imeSetComposition', { text, ...caret })
}

/** Ends the composition with `text`. */
export async function commit(text: string): Promise<void> {
  await devtools().send('Input.insertText', { text })
}

/** Enter as the browser reports it while an input method has the keyboard. */
export async function pressProcessEnter(): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 }
  await devtools().send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
}

/** Does to the field with the focus what a menu of the browser does. */
export function command(name: 'insertText' | 'undo' | 'redo', text?: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else inserts so that it can be undone
  document.execCommand(name, false, text)
}

/** Drops a text that is dragged from elsewhere. */
export async function drop(field: HTMLElement, text: string): Promise<void> {
  const frame = window.frameElement?.getBoundingClientRect()
  const box = field.getBoundingClientRect()
  const point = { x: (frame?.x ?? 0) + box.x + box.width / 2, y: (frame?.y ?? 0) + box.y + box.height / 2 }
  const data = { items: [{ mimeType: 'text/plain', data: text }], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await devtools().send('Input.dispatchDragEvent', { type, ...point, data })
}

/** A phone or a tablet: fingers only. */
export async function pointWithFingers(): Promise<void> {
  if (server.browser === 'chromium') {
    await devtools().send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 })
    onTestFinished(() => devtools().send('Emulation.setTouchEmulationEnabled', { enabled: false }))
    return
  }
  const real = window.matchMedia.bind(window)
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
    const isAnswered = /pointer|hover/.test(query)
    if (!isAnswered) return real(query)
    return real(/coarse|hover: *none/.test(query) ? 'all' : 'not all')
  })
  onTestFinished(() => {
    vi.restoreAllMocks()
  })
}

interface DevTools {
  send: (method: string, params: object) => Promise<void>
}

function devtools(): DevTools {
  return cdp() as unknown as DevTools
}
