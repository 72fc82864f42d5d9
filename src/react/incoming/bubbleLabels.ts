/** Every text of a typing bubble, for translations. Names come joined: "Ada and Ben". */
export interface TypingBubbleLabels {
  /** The recipient is typing. @default 'Ada is typing' */
  typing: (names: string, count: number) => string
  /** A colleague is typing. @default 'Ada is answering' */
  answering: (names: string, count: number) => string
  /** Somebody without a name. @default 'Someone' */
  someone: string
  /** Stands for everyone beyond the first three. @default '2 others' */
  others: (count: number) => string
}

const are = (count: number) => (count === 1 ? 'is' : 'are')

export const englishLabels: TypingBubbleLabels = {
  typing: (names, count) => `${names} ${are(count)} typing`,
  answering: (names, count) => `${names} ${are(count)} answering`,
  someone: 'Someone',
  others: (count) => (count === 1 ? '1 other' : `${count.toLocaleString()} others`),
}

const mostNames = 3

/**
 * Joins names the way the page's language does, three at most.
 *
 * @param language a language tag. If it can't be used, the browser's own language is.
 */
export function joinNames(
  names: readonly string[],
  others: (count: number) => string,
  language: string,
): string {
  const more = names.length - mostNames
  const shown = more > 0 ? [...names.slice(0, mostNames), others(more)] : names
  return listFormat(language).format(shown)
}

function listFormat(language: string): Intl.ListFormat {
  try {
    return new Intl.ListFormat(language || undefined, { type: 'conjunction' })
  } catch {
    return new Intl.ListFormat()
  }
}
