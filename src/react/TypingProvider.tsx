'use client'
import { QueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { TypingPolicy } from '../core/policy.js'
import { createTypingSessions } from '../core/sessions.js'
import type { TypingError } from '../core/typingError.js'
import type { TypingFeed } from '../core/typingFeed.js'
import type { TypingFetcher } from '../core/typingFetcher.js'
import type { TypingService } from '../core/typingService.js'
import { linqService } from '../linq/service.js'
import { printOncePer } from './development.js'
import type { EarlySends } from './earlySends.js'
import { createFeedRecord } from './feedRecord.js'
import { createMutationFetcher } from './mutationFetcher.js'
import { TypingContext } from './typingContext.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'
import { useCommitted } from './useCommitted.js'
import { useRemovalEffect } from './useRemovalEffect.js'
import { isOnline, watchPage } from './watchPage.js'

export interface TypingProviderProps {
  /** Makes the calls. Read at each call, so it may be written inline. */
  fetcher: TypingFetcher
  /** The service that shows typing: how long things last there, and what its failures mean. @default linqService */
  service?: TypingService | null | undefined
  /** How long things last, instead of what the service says. @default linqPolicy, or the policy of `service` */
  policy?: TypingPolicy | null | undefined
  /** Whether anything may be announced. Turn it off for a privacy setting, and until you know that setting. @default true */
  enabled?: boolean | null | undefined
  /**
   * Reports who is typing on the other side, and which colleagues are: `createSseFeed({ url })`, or a function of your own.
   * The first feed stays in use until `feedKey` changes.
   */
  feed?: TypingFeed | null | undefined
  /** Your user's id. When it changes, everything that was reported is forgotten, and the current `feed` takes over. */
  feedKey?: string | number | null | undefined
  /** The client whose devtools show the calls, as mutations. @default a private client */
  queryClient?: QueryClient | null | undefined
  children?: ReactNode
}

/** Holds the typing sessions of the message boxes below it, one per chat. */
export function TypingProvider(props: TypingProviderProps): ReactNode {
  if (typeof props.fetcher !== 'function')
    throw new TypeError(
      'TypingProvider needs a fetcher: pass fetcher={createHttpFetcher({ baseUrl: "/api/linq" })}, or a function of your own.',
    )
  const committed = useCommitted(props)
  const [mutations] = useState(() => {
    let own: QueryClient | undefined
    return createMutationFetcher(
      () => committed.current.queryClient ?? (own ??= new QueryClient()),
      () => committed.current.fetcher,
    )
  })
  const [sessions] = useState(() => {
    const service = () => committed.current.service ?? linqService
    return createTypingSessions({
      onFailure: printSetupMistake,
      policy: () => committed.current.policy ?? service().policy,
      isOnline,
      fetcher: mutations.fetcher,
      failures: () => service().failures,
    })
  })
  const [record] = useState(() => createFeedRecord(sessions))
  const [closing] = useState(() => new Set<() => void>())
  const [leftBehind] = useState(() => new Set<EarlySends>())

  useEffect(() => {
    const detach = mutations.attach()
    const unwatch = watchPage(window, sessions.setPage, sessions.reconnect)
    return () => {
      unwatch()
      sessions.close()
      detach()
    }
  }, [sessions, mutations])

  useRemovalEffect(
    () => () => {
      for (const close of closing) close()
    },
    [closing],
  )

  // Before the page of another user is painted.
  const hasFeed = props.feed != null
  useBrowserLayoutEffect(() => {
    const { current } = committed
    return current.feed ? record.follow(current.feed) : undefined
  }, [record, committed, hasFeed, props.feedKey])

  const isEnabled = props.enabled ?? true
  const context = useMemo(
    () => ({ sessions, isEnabled, closing, leftBehind, feed: record }),
    [sessions, isEnabled, closing, leftBehind, record],
  )
  return <TypingContext.Provider value={context}>{props.children}</TypingContext.Provider>
}

function printSetupMistake(error: TypingError): void {
  if (process.env.NODE_ENV !== 'production' && error.isSetupMistake)
    printOncePer(`${error.reason} ${error.status}`, error.message, error)
}
