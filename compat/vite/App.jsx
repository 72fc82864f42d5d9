import { ComposeBox, createHttpFetcher, TypingBubble, TypingProvider } from 'react-linq-typing'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })

/** Leaves it to the test to tell who types. */
function feed(listener) {
  window.tell = listener
  return () => delete window.tell
}

async function send(text) {
  await fetch('/api/messages', { method: 'POST', body: text })
}

/** A box with the class of a Tailwind utility, which is to win where there is Tailwind. */
export function App({ text, ...props }) {
  return (
    <TypingProvider fetcher={fetcher} feed={feed}>
      <TypingBubble chatId={props.chatId} data-chat={props.chatId} name="Ada" />
      <ComposeBox
        {...props}
        defaultValue={text}
        onSend={send}
        placeholder="Write a message"
        className="gap-9"
      />
    </TypingProvider>
  )
}
