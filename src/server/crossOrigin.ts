/** How long a browser may keep the answer to a preflight, in seconds: Chromium's own limit. */
const maxAge = '7200'

export function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.has('access-control-request-method')
}

/** Allows a page of another origin to make its calls. */
export function answerPreflight({ headers }: Request, methods: string): Response {
  const asked = headers.get('access-control-request-headers')
  return new Response(null, {
    status: 204,
    headers: {
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Max-Age': maxAge,
      ...(asked !== null && { 'Access-Control-Allow-Headers': asked }),
    },
  })
}

/** Adds to an answer which page may read it. */
export function sign(answer: Response, origin: string | undefined): Response {
  const { headers } = answer
  headers.set('Vary', 'Origin, Sec-Fetch-Site, Access-Control-Request-Method, Access-Control-Request-Headers')
  if (origin === undefined) return answer
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Allow-Credentials', 'true')
  headers.set('Access-Control-Expose-Headers', 'Retry-After')
  return answer
}
