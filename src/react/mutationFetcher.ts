import { MutationObserver, type MutationObserverOptions, type QueryClient } from '@tanstack/react-query'
import { runSafely } from '../core/runSafely.js'
import type { TypingFetcher, TypingRequest } from '../core/typingFetcher.js'

type Options = MutationObserverOptions<undefined, unknown, { action: TypingRequest['action'] }>

/** Calls that run as mutations. */
export interface MutationFetcher {
  fetcher: TypingFetcher
  /** Makes later calls run as mutations. @returns a function that stops that, and removes the mutations under way. */
  attach: () => () => void
}

/**
 * Runs each call as a mutation under `['typing', chatId]`, for devtools and caches. The call is made at once and the
 * mutation only follows it, so an app's callbacks that throw, hang or delay change neither when it is made nor its outcome.
 */
export function createMutationFetcher(
  client: () => QueryClient,
  fetcher: () => TypingFetcher,
): MutationFetcher {
  const followed = new Set<() => void>()
  let isAttached = true
  return {
    fetcher(request) {
      const answer = new Promise<void>((resolve) => resolve(fetcher()(request)))
      if (isAttached) runSafely(() => follow(client(), request, answer, followed))
      return answer
    },
    attach() {
      isAttached = true
      return () => {
        isAttached = false
        for (const remove of followed) remove()
      }
    },
  }
}

function follow(
  client: QueryClient,
  { chatId, action, signal }: TypingRequest,
  answer: Promise<void>,
  followed: Set<() => void>,
): void {
  // A fetcher may ignore its signal; its mutation must not stay pending for ever.
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
  const outcome = Promise.race([answer.then(() => undefined), timedOut])
  outcome.catch(() => undefined)
  const observer = new MutationObserver(client, {
    ...pinned,
    mutationKey: ['typing', chatId],
    mutationFn: () => outcome,
  })
  const cache = client.getMutationCache()
  const mutation = cache.build(client, observer.options)
  const remove = () => {
    followed.delete(remove)
    runSafely(() => cache.remove(mutation))
  }
  followed.add(remove)
  // Not when the mutation itself ends: an app's callbacks may put that off for ever.
  outcome.then(remove, remove)
  // An unobserved mutation with a gcTime of 0 sets timer after timer while it is pending.
  mutation.addObserver(observer)
  mutation.execute({ action }).catch(() => undefined)
}

/** Every option that a client's defaults could set, `undefined` included. */
const pinned = {
  retry: false,
  retryDelay: 0,
  networkMode: 'always',
  throwOnError: false,
  gcTime: 0,
  meta: { typing: true },
  scope: undefined,
  onMutate: undefined,
  onSuccess: undefined,
  onError: undefined,
  onSettled: undefined,
} as unknown as Options
