import { ComposeBox, TypingProvider } from 'react-linq-typing'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { userEvent } from 'vitest/browser'
import { expect, it, onTestFinished } from 'vitest'

it('a form of the host that is reset by hand leaves the text (row 73)', async () => {
  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  onTestFinished(() => {
    root.unmount()
    host.remove()
  })
  flushSync(() =>
    root.render(
      <TypingProvider fetcher={() => Promise.resolve()}>
        <form>
          <ComposeBox as="div" chatId="a" onSend={() => undefined} />
          <input defaultValue="as it was" />
          <button type="reset">Reset</button>
        </form>
      </TypingProvider>,
    ),
  )
  const field = host.querySelector('textarea')!
  const other = host.querySelector('input')!
  field.focus()
  await userEvent.keyboard('kept')
  other.value = 'changed'
  await userEvent.click(host.querySelector<HTMLButtonElement>('button[type=reset]')!)
  await expect.poll(() => other.value).toBe('as it was')
  await expect.poll(() => field.value).toBe('kept')
})
