/**
 * What an app may download for each import, in kB: `limit` is enforced, `target` is what we want to get down to. README's
 * table of sizes names its rows as this one does.
 */
export const budgets = [
  {
    name: 'Provider, hook, HTTP fetcher',
    imports: 'TypingProvider, useTypingIndicator, createHttpFetcher',
    limit: 10,
    target: 7.2,
  },
  {
    name: 'Provider, useComposeBox, HTTP fetcher',
    imports: 'TypingProvider, useComposeBox, createHttpFetcher',
    limit: 16,
    target: 12,
  },
  {
    name: 'Provider, ComposeBox, HTTP fetcher',
    imports: 'TypingProvider, ComposeBox, createHttpFetcher',
    limit: 17.7,
    target: 13.4,
  },
  { name: 'Later, without field-sizing', imports: 'ComposeBox', part: 'later', limit: 1.1, target: 1 },
  { name: 'HTTP fetcher alone', imports: 'createHttpFetcher', limit: 2.4 },
  { name: 'Stylesheet', part: 'stylesheet', limit: 1.8 },
  {
    name: 'TanStack Query, where it is new',
    imports: 'TypingProvider, useTypingIndicator, createHttpFetcher',
    part: 'peer',
    limit: 6.7,
  },
]
