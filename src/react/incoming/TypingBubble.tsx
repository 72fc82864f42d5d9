'use client'
import { type ComponentProps, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { runSafely } from '../../core/runSafely.js'
import { type Given, given } from '../given.js'
import { createAnnouncer } from './announcer.js'
import { englishLabels, joinNames, type TypingBubbleLabels } from './bubbleLabels.js'
import { useAgentsTyping, useRecipientTyping } from './useIncomingTyping.js'

export interface TypingBubbleProps extends Omit<
  ComponentProps<'div'>,
  'children' | 'className' | 'ref' | 'role'
> {
  /** Without one, nobody is shown as typing. */
  chatId: string | null | undefined
  /** Whose typing is shown: the recipient's, or your colleagues'. @default 'recipient' */
  of?: 'recipient' | 'agents' | null | undefined
  /**
   * The recipient's name, for screen readers only; or a function that turns a recipient's handle, or an agent's id, into a
   * name that is shown beside the dots. @default the feed's name for them, else `labels.someone`
   */
  name?: string | ((id: string) => string | null | undefined) | null | undefined
  /** Whether it is announced to screen readers, once. Turn it off for a list with a bubble in each row. @default true */
  announce?: boolean | null | undefined
  /** Texts to replace the English ones. */
  labels?: Given<TypingBubbleLabels> | null | undefined
  className?: string | null | undefined
}

/**
 * Three dots while somebody is typing. It always takes up the same space, so nothing moves when they come and go.
 *
 * ```tsx
 * <TypingBubble chatId={chat.id} name="Ada" />
 * ```
 */
export function TypingBubble(props: TypingBubbleProps): ReactNode {
  const { chatId, of, name, announce, labels, className, ...rest } = props
  const isOfAgents = of === 'agents'
  const recipient = useRecipientTyping(isOfAgents ? null : chatId)
  const agents = useAgentsTyping(isOfAgents ? chatId : null)
  const language = useSyncExternalStore(never, pageLanguage, noLanguage)
  const texts = { ...englishLabels, ...given(labels) }
  function nameOf(id: string, told?: string): string {
    const own: unknown = typeof name === 'function' ? runSafely(() => name(id)) : isOfAgents ? null : name
    return typeof own === 'string' && own.trim() !== '' ? own : (told ?? texts.someone)
  }
  const ids = recipient.handles.length > 0 && typeof name === 'function' ? recipient.handles : ['']
  const writers = isOfAgents
    ? agents.map((agent) => nameOf(agent.id, agent.name))
    : recipient.isTyping
      ? ids.map((handle) => nameOf(handle))
      : []
  // Several people without a name are shown as one “Someone”. A recipient may write from two handles.
  const names = writers.filter(
    (name, index) => (isOfAgents && name !== texts.someone) || writers.indexOf(name) === index,
  )
  const isTyping = names.length > 0
  const sentence = isOfAgents ? texts.answering : texts.typing
  const text = isTyping ? sentence(joinNames(names, texts.others, language), names.length) : ''
  const isNamed = isOfAgents || typeof name === 'function'

  return (
    <div
      {...rest}
      className={['rlt-bubble', className].filter(Boolean).join(' ')}
      data-typing={isTyping ? '' : undefined}
    >
      {isTyping && (
        <span
          className="rlt-bubble-dots"
          {...(isNamed ? { 'aria-hidden': true } : { role: 'img', 'aria-label': text })}
        >
          <span className="rlt-bubble-dot" />
          <span className="rlt-bubble-dot" />
          <span className="rlt-bubble-dot" />
        </span>
      )}
      {isTyping && isNamed && <span className="rlt-bubble-names">{text}</span>}
      {announce !== false && <Announcement key={chatId} text={text} />}
    </div>
  )
}

/** The text for screen readers. The element has to be there first, or the first text in it would not be read out. */
function Announcement({ text }: { text: string }): ReactNode {
  const [told, tell] = useState('')
  const [announcer] = useState(() => createAnnouncer(tell))
  useEffect(() => announcer.see(text), [announcer, text])
  useEffect(() => announcer.stop, [announcer])
  return (
    <span role="status" className="rlt-bubble-status">
      {told}
    </span>
  )
}

const never = () => () => undefined
const pageLanguage = () => document.documentElement.lang
const noLanguage = () => ''
