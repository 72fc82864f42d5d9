import { given } from '../given.js'

/** Every text of a compose box, for translations. */
export interface ComposeBoxLabels {
  /** @default 'Send' */
  send: string
  /** @default 'Your message was not sent.' */
  notSent: string
  /** @default 'Put it back' */
  putBack: string
  /** Announced once, when the limit is near. @default 'Nearly at the limit of 500 characters.' */
  nearLimit: (limit: number) => string
  /** @default 'Over the limit of 500 characters: this can’t be sent.' */
  overLimit: (limit: number) => string
  /** How many characters are left or, below zero, too many. @default '12 left' */
  remaining: (count: number) => string
  /** @default 'Others can’t see you typing in this chat. Messages still go out.' */
  typingRefused: string
  /** @default 'Others can’t see you typing in this chat.' */
  typingImpossible: string
  /** @default 'Others may not see you typing right now.' */
  typingFails: string
  /** @default 'You are offline: others can’t see you typing.' */
  offline: string
}

/** Texts to replace the English ones. `null` and `undefined` replace nothing. */
export type ReplacedLabels = { [Name in keyof ComposeBoxLabels]?: ComposeBoxLabels[Name] | null | undefined }

const number = (count: number) => count.toLocaleString()

const english: ComposeBoxLabels = {
  send: 'Send',
  notSent: 'Your message was not sent.',
  putBack: 'Put it back',
  nearLimit: (limit) => `Nearly at the limit of ${number(limit)} characters.`,
  overLimit: (limit) => `Over the limit of ${number(limit)} characters: this can’t be sent.`,
  remaining: (count) => (count < 0 ? `${number(-count)} too many` : `${number(count)} left`),
  typingRefused: 'Others can’t see you typing in this chat. Messages still go out.',
  typingImpossible: 'Others can’t see you typing in this chat.',
  typingFails: 'Others may not see you typing right now.',
  offline: 'You are offline: others can’t see you typing.',
}

/** All texts: the given ones, and English for the rest. */
export function allLabels(replaced: ReplacedLabels | null | undefined): ComposeBoxLabels {
  return { ...english, ...(given(replaced) as Partial<ComposeBoxLabels>) }
}
