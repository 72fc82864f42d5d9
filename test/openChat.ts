import type { TypingFetcher, TypingPolicy, TypingRequest } from 'react-linq-typing'
import {
  createLinqEmulator,
  type LinqAnswer,
  type LinqChatInit,
  type LinqEmulatorOptions,
} from 'react-linq-typing/testing'
import { vi } from 'vitest'
import { postMessage } from './postMessage.js'
import { createTypingSessions } from '../src/core/sessions.js'
import { createHttpFetcher } from '../src/fetchers/httpFetcher.js'
import { linqFailures } from '../src/linq/failures.js'
import { linqPolicy } from '../src/linq/policy.js'

/** What the emulated Linq answers. */
export type Answer = LinqAnswer

interface OpenChatOptions extends LinqEmulatorOptions {
  chat?: LinqChatInit
  /** Each way, in ms. */
  latency?: number
  policy?: TypingPolicy
  fetcher?: TypingFetcher
}

/** A chat of the emulated Linq with one input in it, under fake timers. */
export function openChat({
  chat,
  latency = 80,
  policy = linqPolicy,
  fetcher,
  ...options
}: OpenChatOptions = {}) {
  const emulator = createLinqEmulator({
    inactive: 'shown',
    network: () => ({ up: latency, down: latency }),
    ...options,
  })
  const chatId = emulator.addChat(chat)
  let isOnline = true
  const carried =
    fetcher ?? createHttpFetcher({ baseUrl: 'http://linq.test/api/partner', fetch: emulator.fetch })
  const sessions = createTypingSessions({
    fetcher: carried,
    policy: () => policy,
    failures: () => linqFailures,
    isOnline: () => isOnline,
  })
  const errors: string[] = []
  const input = sessions.join(chatId, { onError: (error) => errors.push(error.reason) })
  const typing = () => emulator.calls.filter((call) => call.action === 'start' || call.action === 'stop')

  return {
    emulator,
    chatId,
    sessions,
    input,
    errors,
    state: () => sessions.state(chatId),
    status: () => sessions.state(chatId).status,
    sees: () => emulator.recipientSees(chatId),
    /** The typing calls so far, in order of sending. */
    calls: () => typing().map((call) => call.action),
    callTimes: () => typing().map((call) => `${call.action} ${call.sentAt}`),
    count: (action: 'start' | 'stop') => typing().filter((call) => call.action === action).length,
    inFlight: () => typing().filter((call) => call.answeredAt === null && call.goneAt === null).length,
    setOnline(online: boolean) {
      isOnline = online
      if (online) sessions.reconnect()
    },
    /** Sends a message as an app does: through Linq, telling the input of it. */
    send(text = 'hello') {
      const sending = postMessage(emulator, chatId, text)
      input.sent(sending)
      return sending
    },
  }
}

/** A fetcher whose calls are all accepted, and what it was asked for. */
export function recordRequests(): { requests: TypingRequest[]; fetcher: TypingFetcher } {
  const requests: TypingRequest[] = []
  const fetcher: TypingFetcher = (request) => {
    requests.push(request)
    return Promise.resolve()
  }
  return { requests, fetcher }
}

/** Lets time pass, with everything that is due in it. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
}

/** Writes something, and deletes it after `duration` ms. */
export async function writeAndDelete(
  input: { keystroke: (hasText: boolean) => void },
  duration: number,
): Promise<void> {
  input.keystroke(true)
  await pass(duration)
  input.keystroke(false)
}

/** Edits every `interval` ms for `duration` ms. */
export async function typeFor(
  input: { keystroke: (hasText: boolean) => void },
  duration: number,
  interval = 500,
): Promise<void> {
  for (let passed = 0; passed < duration; passed += interval) {
    input.keystroke(true)
    await pass(interval)
  }
}
