/** What lets this page's user call our own server. */
export function readToken(): Promise<string>
