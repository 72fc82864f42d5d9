import { useEffect, useRef } from 'react'
import { useTypingIndicator } from 'react-linq-typing'
import type { NetworkSwitches } from './api.js'

/**
 * Forgets what a chat still waits for, or was refused, once Linq answers differently: another choice takes effect at once.
 *
 * @param answer as the server tells it; undefined while it is not known.
 */
export function useResetOnAnswer(chatId: string, answer: NetworkSwitches['answer'] | undefined): void {
  const { reset } = useTypingIndicator(chatId)
  const lastAnswers = useRef(new Map<string, NetworkSwitches['answer']>())

  useEffect(() => {
    if (answer === undefined) return
    const last = lastAnswers.current.get(chatId)
    lastAnswers.current.set(chatId, answer)
    if (last !== undefined && last !== answer) reset()
  }, [chatId, answer, reset])
}
