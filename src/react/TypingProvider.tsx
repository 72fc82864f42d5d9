'use client'
import { QueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { TypingPolicy } from '../core/policy.js'
import { createTypingSessions } from '../core/sessions.js'
import type { TypingError } from '../core/typingError.js'
import type { TypingFetcher } from '../core/typingFetcher.js'
import { linqFailures } from '../linq/failures.js'
import { linqPolicy } from '../linq/policy.js'
import { printOncePer } from './development.js'
import { createMutationFetcher } from './mutationFetcher.js'
import { TypingContext } from './typingContext.js'
import { useCommitted } from './useCommitted.js'
import { isOnline, watchPage } from './watchPage.js'

export interface TypingProviderProps {
  /** Makes the calls. Read at each call, so it may be written inline. */
  fetcher: TypingFetcher
  /** How long things last. @default linqPolicy */
  policy?: TypingPolicy | null | undefined
  /** Whether anything may be announced. Turn it off for a privacy setting, and until you know that setting. @default true */
  enabled?: boolean | null | undefined
  /** The client whose devtools show the calls, as mutations. @default a private client */
  queryClient?: QueryClient | null | undefined
  children?: ReactNode
}

/** Holds the typing sessions of the message boxes below it, one per chat. */
export function TypingProvider({
  fetcher,
  policy,
  enabled,
  queryClient,
  children,
}: TypingProviderProps): ReactNode {
  if (typeof fetcher !== 'function')
    throw new TypeError(
      'TypingProvider needs a fetcher: pass fetcher={createHttpFetcher({ baseUrl: "/api/linq" })}, or a function of your own.',
    )
  const committed = useCommitted({ fetcher, policy, queryClient })
  const [mutations] = useState(() => {
    let own: QueryClient | undefined
    return createMutationFetcher(
      () => committed.current.queryClient ?? (own ??= new QueryClient()),
      () => committed.current.fetcher,
    )
  })
  const [sessions] = useState(() =>
    createTypingSessions({
      policy: () => committed.current.policy ?? linqPolicy,
      failures: linqFailures,
      isOnline,
      fetcher: mutations.fetcher,
      onFailure: printSetupMistake,
    }),
  )
  const [closing] = useState(() => new Set<() => void>())

  useEffect(() => {
    const detach = mutations.attach()
    const unwatch = watchPage(sessions)
    return () => {
      unwatch()
      sessions.close()
      detach()
      for (const close of closing) close()
    }
  }, [sessions, mutations, closing])

  const isEnabled = enabled ?? true
  const context = useMemo(() => ({ sessions, isEnabled, closing }), [sessions, isEnabled, closing])
  return <TypingContext.Provider value={context}>{children}</TypingContext.Provider>
}

function printSetupMistake(error: TypingError): void {
  if (process.env.NODE_ENV !== 'production' && error.isSetupMistake)
    printOncePer(`${error.reason} ${error.status}`, error.message, error)
}
