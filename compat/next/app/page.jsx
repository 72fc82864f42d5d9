import { ComposeBox, linqPolicy } from 'react-linq-typing'
import 'react-linq-typing/styles.css'
import { chatId } from './linq'
import { send } from './send'
import { Typing } from './Typing'

/** A server component: it takes the box, a client component, and the policy, a value, from the package itself. */
export default function Page() {
  return (
    <Typing chatId={chatId}>
      <p>{`Idle after ${linqPolicy.idleTimeout} ms`}</p>
      <ComposeBox chatId={chatId} onSend={send} placeholder="Write a message" />
    </Typing>
  )
}
