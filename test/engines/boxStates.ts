import type { ComposeBoxProps } from 'react-linq-typing'
import {} from 'vitest'
import { insert } from './insert.js'
import type { mountBox } from './mountBox.js'
import { soon } from '../soon.js'

type Box = ReturnType<typeof mountBox>

/** The states in which people meet the box, and how it gets there. */
export const boxStates: Record<string, { props?: Partial<ComposeBoxProps>; reach?: (box: Box) => unknown }> =
  {
    empty: { props: { placeholder: 'Write a message' } },
    written: { props: { defaultValue: 'Shall we meet at nine?' } },
    focused: { props: { defaultValue: 'Shall we meet at nine?' }, reach: ({ field }) => field.focus() },
    'ten lines': {
      props: {
        defaultValue: Array.from({ length: 10 }, (_, line) => `${line + 1}. A line of a long answer`).join(
          '\n',
        ),
      },
    },
    'long words': {
      props: {
        defaultValue: `${'Donaudampfschifffahrtsgesellschaft'.repeat(3)} https://example.com/${'path/'.repeat(20)}`,
      },
    },
    sending: {
      props: { defaultValue: 'On its way', onSend: () => new Promise(() => undefined) },
      reach: ({ button }) => button.click(),
    },
    failed: {
      props: { defaultValue: 'Do not lose me', onSend: () => Promise.reject(new Error('no')) },
      async reach({ button, root }) {
        button.click()
        await soon(() => {
          if (!root.hasAttribute('data-failed')) throw new Error('not yet')
        })
      },
    },
    'near the limit': { props: { defaultValue: 'x'.repeat(188), maxLength: 200 } },
    'over the limit': { props: { defaultValue: 'Far too many words. '.repeat(11), maxLength: 200 } },
    disabled: { props: { defaultValue: 'Nobody can change this', disabled: true } },
    'read only': { props: { defaultValue: 'Nobody can change this', readOnly: true } },
    refused: {
      props: { defaultValue: '' },
      async reach({ linq, show, field, root }) {
        show({ chatId: linq.addChat({ isGroup: true }) })
        field.focus()
        insert('Hello everyone')
        await soon(() => {
          if (root.getAttribute('data-typing') !== 'unavailable') throw new Error('not yet')
        })
      },
    },
  }
