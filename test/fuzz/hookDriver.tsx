import { type TypingFeed, type TypingIndicator, TypingProvider, useTypingIndicator } from 'react-linq-typing'
import { Activity, StrictMode, useLayoutEffect } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { CreateDriver } from './driver.js'

interface Place {
  chatId: string
  isEnabled: boolean
}

/** Drives components that use the hook, under StrictMode, on a page of its own. */
export const createHookDriver: CreateDriver = (fetcher, _, onTold) => {
  const places = new Map<number, Place>()
  const typing = new Map<number, TypingIndicator>()
  const listeners = new Set<Parameters<TypingFeed>[0]>()
  const feed: TypingFeed = (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  let visibility: DocumentVisibilityState = 'visible'
  let isOnline = true
  let isOpen = true
  let isGone = false
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isOnline })
  const root = createRoot(document.createElement('div'))

  function Input({ slot, chatId, isEnabled }: Place & { slot: number }) {
    const current = useTypingIndicator(chatId, { enabled: isEnabled })
    useLayoutEffect(() => {
      typing.set(slot, current)
    })
    useLayoutEffect(() => onTold(chatId, current), [chatId, current])
    return null
  }
  const render = () =>
    flushSync(() =>
      root.render(
        <StrictMode>
          <Activity mode={isOpen ? 'visible' : 'hidden'}>
            <TypingProvider fetcher={(request) => fetcher(request)} feed={feed}>
              {[...places].map(([slot, place]) => (
                <Input key={slot} slot={slot} {...place} />
              ))}
            </TypingProvider>
          </Activity>
        </StrictMode>,
      ),
    )
  /** Some input of a chat, whose functions concern all of it. */
  const ofChat = (chatId: string) => {
    for (const [slot, place] of places) if (place.chatId === chatId) return typing.get(slot)
    return undefined
  }

  return {
    join(slot, chatId) {
      places.set(slot, { chatId, isEnabled: true })
      render()
    },
    leave(slot) {
      places.delete(slot)
      render()
    },
    keystroke: (slot, hasText) => places.has(slot) && typing.get(slot)?.keystroke(hasText),
    sent: (slot, sending) => typing.get(slot)?.sent(sending),
    setEnabled(slot, isEnabled) {
      const place = places.get(slot)
      if (place === undefined) return
      places.set(slot, { ...place, isEnabled })
      render()
    },
    setPage(page) {
      if (page === 'gone') window.dispatchEvent(new Event('pagehide'))
      const wasGone = isGone
      isGone = page === 'gone'
      visibility = page === 'visible' ? 'visible' : 'hidden'
      document.dispatchEvent(new Event('visibilitychange'))
      if (wasGone && !isGone) window.dispatchEvent(new Event('pageshow'))
    },
    setOnline(online) {
      isOnline = online
      window.dispatchEvent(new Event(online ? 'online' : 'offline'))
    },
    hearsWake: false,
    wake: () => undefined,
    messageTold(chatId, isOthers) {
      for (const listener of [...listeners])
        listener({ type: 'message', chatId, from: 'agent', actor: isOthers ? 'colleague' : undefined })
    },
    stop: (chatId) => ofChat(chatId)?.stop(),
    reset: (chatId) => ofChat(chatId)?.reset(),
    close() {
      isOpen = false
      render()
      places.clear()
    },
    reopen() {
      isOpen = true
      render()
    },
    unmount: () => flushSync(() => root.unmount()),
  }
}
