import { root } from './page.js'
import { createElement, useContext, useEffect } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { QueryClient } from '@tanstack/react-query'
import debounce from 'lodash.debounce'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { TypingProvider, useTypingIndicator } from 'react-linq-typing'
import { TypingContext } from '../dist/react/typingContext.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
const heap = async () => {
  for (let i = 0; i < 4; i++) {
    collect()
    await settle()
  }
  return process.memoryUsage().heapUsed
}
const kilobytes = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`

/** A page with hooks in it, and everything of it that can be counted. */
function openPage() {
  const app = createRoot(root)
  const queryClient = new QueryClient()
  const page = { app, queryClient, typing: new Map(), sessions: null, listeners: 0 }
  for (const target of [window, document]) {
    const { addEventListener, removeEventListener } = target
    target.addEventListener = (...args) => {
      page.listeners++
      addEventListener.apply(target, args)
    }
    target.removeEventListener = (...args) => {
      page.listeners--
      removeEventListener.apply(target, args)
    }
  }
  function Host({ chatId }) {
    const typing = useTypingIndicator(chatId)
    const { sessions } = useContext(TypingContext)
    useEffect(() => {
      page.typing.set(chatId, typing)
      page.sessions = sessions
      return () => page.typing.delete(chatId)
    })
    return null
  }
  page.show = (chatIds) =>
    flushSync(() =>
      app.render(
        createElement(
          TypingProvider,
          { fetcher: () => Promise.resolve(), queryClient },
          chatIds.map((chatId) => createElement(Host, { chatId, key: chatId })),
        ),
      ),
    )
  return page
}

/** The best of 25 rounds each, taken in turns, so that the machine's moods meet both. */
function bestOf(one, other) {
  const rounds = 25
  const calls = 20_000
  const best = [Infinity, Infinity]
  for (let round = 0; round < rounds; round++)
    for (const [index, run] of [one, other].entries()) {
      const begin = performance.now()
      for (let call = 0; call < calls; call++) run()
      best[index] = Math.min(best[index], performance.now() - begin)
    }
  return best.map((time) => (time / calls) * 1_000_000)
}

/** Prints what typing costs the page. */
export async function measureCost() {
  const page = openPage()

  page.show(['chat'])
  page.typing.get('chat').keystroke()
  await settle()
  const { keystroke } = page.typing.get('chat')
  const bare = debounce(() => undefined, 10_000)
  bestOf(keystroke, bare)
  const [ours, lodash] = bestOf(keystroke, bare)
  bare.cancel()
  console.log(
    `A keystroke() takes ${(ours / lodash).toFixed(2)} times a bare lodash.debounce call (${ours.toFixed(0)} ns and ${lodash.toFixed(0)} ns).`,
  )

  const before = await heap()
  for (let key = 0; key < 1_000_000; key++) keystroke()
  const grown = (await heap()) - before
  console.log(
    `After a million keys ${kilobytes(grown)} more are on the heap (${(grown / 1_000_000).toFixed(3)} bytes a key).`,
  )

  page.show([])
  await settle()
  const listenersOfNone = page.listeners
  page.show(Array.from({ length: 1_000 }, (_, index) => `chat ${index}`))
  for (const { keystroke } of page.typing.values()) keystroke()
  console.log(
    `1,000 sessions alive (${page.sessions.size()}) share ${page.listeners} listeners; without any there are ${listenersOfNone}.`,
  )
  page.show([])
  await settle()

  const mount = async (times) => {
    for (let time = 0; time < times; time++) {
      page.show([`chat ${time % 7}`])
      page.typing.get(`chat ${time % 7}`).keystroke()
      page.show([])
      if (time % 100 === 0) await settle()
    }
    await settle()
    return heap()
  }
  const atTen = await mount(10_000)
  const atTwenty = await mount(10_000)
  console.log(
    `Between 10,000 and 20,000 mounts and unmounts the heap grows by ${kilobytes(atTwenty - atTen)} of ${kilobytes(atTen)}; ` +
      `left are ${page.sessions.size()} sessions and ${page.queryClient.getMutationCache().getAll().length} cache entries.`,
  )
  flushSync(() => page.app.unmount())
  await settle()
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  console.log(`After the provider unmounts, ${page.listeners} listeners and ${timers} timers are left.\n`)
}
