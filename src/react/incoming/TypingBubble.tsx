'use client'
import { type ComponentProps, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { runSafely } from '../../core/runSafely.js'
import { type Given, given } from '../compose/given.js'
import { createAnnouncer } from './announcer.js'
import { englishLabels, joinNames, type TypingBubbleLabels } from './bubbleLabels.js'
import { useAgentsTyping, useRecipientTyping } from './useIncomingTyping.js'

export interface TypingBubbleProps extends Omit<
  ComponentProps<'div'>,
  'children' | 'className' | 'ref' | 'role'
> {
  /** Without one, nobody types. */
  chatId: string | null | undefined
  /** Who types: the other side, or your colleagues. @default 'recipient' */
  of?: 'recipient' | 'agents' | null | undefined
  /**
   * The name of the other side; or a function from a recipient's handle, or from an agent's id, to a name. With a function,
   * names are shown beside the dots. @default what the feed tells, else `labels.someone`
   */
  name?: string | ((id: string) => string | null | undefined) | null | undefined
  /** Whether a screen reader is told, once. Turn it off for a bubble in each row of a list. @default true */
  announce?: boolean | null | undefined
  /** Texts to replace the English ones. */
  labels?: Given<TypingBubbleLabels> | null | undefined
  className?: string | null | undefined
}

/**
 * Three dots while somebody types. It always takes the same room, so nothing moves when they come and go.
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
  const nameOf = (id: string, told?: string) =>
    (typeof name === 'function' ? runSafely(() => name(id)) : isOfAgents ? null : name) ??
    told ??
    texts.someone
  const ids = recipient.handles.length > 0 && typeof name === 'function' ? recipient.handles : ['']
  const writers = isOfAgents
    ? agents.map((agent) => nameOf(agent.id, agent.name))
    : recipient.isTyping
      ? ids.map((handle) => nameOf(handle))
      : []
  // Two without a name are one someone.
  const names = [...new Set(writers)]
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

/** What a screen reader is told. The element stands there before, or the first text in it would not be read out. */
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
