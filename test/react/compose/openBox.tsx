import { fireEvent, screen } from '@testing-library/react'
import { ComposeBox } from 'react-linq-typing'
import type { ComponentProps } from 'react'
import { vi } from 'vitest'
import { linqPage, pass } from '../linqPage.js'

export const field = () => screen.getByLabelText<HTMLTextAreaElement>('Message')
export const button = () => screen.getByRole('button', { name: 'Send' })
export const write = (text: string) => fireEvent.input(field(), { target: { value: text } })
export const press = (key: string, init: object = {}) => fireEvent.keyDown(field(), { key, ...init })
export const putBack = () => fireEvent.click(screen.getByRole('button', { name: 'Put it back' }))

/** A promise that is settled by hand. */
export function held() {
  let resolve: () => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

type Props = Partial<ComponentProps<typeof ComposeBox>> & { key?: string }

/** A compose box in a chat of the emulated Linq. */
export function openBox(props: Props = {}, options: Parameters<typeof linqPage>[0] = {}) {
  const page = linqPage(options)
  const chatId = page.linq.addChat()
  const onSend = vi.fn<(text: string) => unknown>()
  const onSendError = vi.fn<(error: unknown, text: string) => void>()
  const element = ({ key = 'box', ...more }: Props = {}) => (
    <ComposeBox
      key={key}
      chatId={chatId}
      onSend={(text) => onSend(text)}
      onSendError={onSendError}
      {...props}
      {...more}
    />
  )
  const view = page.show(element())
  return {
    ...page,
    chatId,
    onSend,
    onSendError,
    view,
    change: (more: Props) => view.show(element(more)),
    /** Sends a message, which arrives or fails when the test says so. */
    submit: (text: string) => {
      const sending = held()
      onSend.mockReturnValueOnce(sending.promise)
      write(text)
      press('Enter')
      return {
        ...sending,
        arrive: async () => {
          sending.resolve()
          await pass(0)
        },
        fail: async (error = new Error('no')) => {
          sending.reject(error)
          await pass(0)
        },
      }
    },
  }
}
