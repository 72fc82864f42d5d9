import { ComposeBox, createHttpFetcher, TypingProvider } from 'react-linq-typing'

const fetcher = createHttpFetcher({ baseUrl: '/api/linq' })

async function send(text) {
  await fetch('/api/messages', { method: 'POST', body: text })
}

/** A box with the class of a Tailwind utility, which is to win where there is Tailwind. */
export function App({ text, ...props }) {
  return (
    <TypingProvider fetcher={fetcher}>
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
