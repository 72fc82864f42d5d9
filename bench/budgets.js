/**
 * What an app may download for each import, in kB: `limit` is enforced, `target` is what we want to get down to. README's
 * table of sizes names its rows as this one does.
 */
export const budgets = [
  {
    name: 'provider, hook, HTTP fetcher',
    imports: 'TypingProvider, useTypingIndicator, createHttpFetcher',
    limit: 11.1,
    target: 7.2,
  },
  {
    name: 'provider, useComposeBox, HTTP fetcher',
    imports: 'TypingProvider, useComposeBox, createHttpFetcher',
    limit: 17.3,
    target: 12,
  },
  {
    name: 'provider, ComposeBox, HTTP fetcher',
    imports: 'TypingProvider, ComposeBox, createHttpFetcher',
    limit: 18.8,
    target: 13.4,
  },
  {
    name: 'all of that, with createSseFeed and TypingBubble',
    imports: 'TypingProvider, ComposeBox, createHttpFetcher, createSseFeed, TypingBubble',
    limit: 23.0,
    target: 16,
  },
  { name: 'HTTP fetcher alone', imports: 'createHttpFetcher', limit: 2.7 },
  { name: 'the stylesheet', part: 'stylesheet', limit: 1.8 },
  {
    name: 'loaded later, only in browsers without field-sizing',
    imports: 'ComposeBox',
    part: 'later',
    limit: 1,
  },
  {
    name: "TanStack Query, if your app doesn't have it yet",
    imports: 'TypingProvider, useTypingIndicator, createHttpFetcher',
    part: 'peer',
    limit: 6.7,
  },
]
