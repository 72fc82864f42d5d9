import { createHttpFetcher } from 'react-linq-typing'
import { describe, expect, it } from 'vitest'
import { chatId, request, setUp } from './openFetcher.js'

describe('a request of the HTTP fetcher', () => {
  it.each(['', '/', '/api/linq/', '/api/linq//', 'https://linq.example/api/partner/'])(
    'goes to the baseUrl %j with one slash in between',
    async (baseUrl) => {
      const { fetch, fetcher } = setUp({ baseUrl })
      await fetcher(request())
      expect(fetch.mock.calls[0]![0]).toBe(`${baseUrl.replace(/\/+$/, '')}/v3/chats/${chatId}/typing`)
    },
  )

  it.each([
    ['a/b', 'a%2Fb'],
    ['../x', '..%2Fx'],
    ['a?b#c', 'a%3Fb%23c'],
    ['+1 202', '%2B1%20202'],
    ['%2F', '%252F'],
    ['é💬', '%C3%A9%F0%9F%92%AC'],
    ['a\nb', 'a%0Ab'],
    ['.a', '.a'],
  ])('escapes the chat id %j', async (id, segment) => {
    const { fetch, fetcher } = setUp()
    await fetcher(request({ chatId: id }))
    const [url] = fetch.mock.calls[0]!
    expect(url).toBe(`/api/linq/v3/chats/${segment}/typing`)
    expect(new URL(url, 'https://app.test').pathname).toBe(url)
  })

  it.each(['', '.', '..', '\uD800'])('is never made for the chat id %j, which fits no path', async (id) => {
    const { fetch, fetcher } = setUp()
    await expect(fetcher(request({ chatId: id }))).rejects.toMatchObject({
      name: 'TypingError',
      reason: 'invalid',
      isFinal: true,
    })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('goes where url(chatId) says', async () => {
    const { fetch, fetcher } = setUp({ baseUrl: undefined, url: (id) => `/typing?chat=${id}` })
    await fetcher(request({ chatId: 'room.1' }))
    expect(fetch.mock.calls[0]![0]).toBe('/typing?chat=room.1')
  })

  it.each([
    (id: string) => `/#/chats/${id}/typing`,
    (id: string) => `localhost:3000/chats/${id}`,
    (id: string) => `https://undefined/chats/${id}`,
    () => undefined as unknown as string,
    () => '',
    () => ' ',
    () => Promise.resolve('/typing') as unknown as string,
  ])('is never made where url(chatId) can’t lead: %s (row 134)', async (url) => {
    const { fetch, fetcher } = setUp({ url })
    await expect(fetcher(request())).rejects.toMatchObject({ reason: 'invalid', isSetupMistake: true })
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each(['/typing?at=12:30&by=a@b', 'https://linq.example?chat=a@b', '/typing?chat=a b', 'typing'])(
    'goes where url(chatId) says, with any query: %s',
    async (address) => {
      const { fetch, fetcher } = setUp({ url: () => address })
      await fetcher(request())
      expect(fetch.mock.calls[0]![0]).toBe(address)
    },
  )

  it.each([undefined, null, {}, { url: '/api/typing' }, { url: '/api/typing', baseUrl: '/api' }])(
    'needs baseUrl or a function url, where it is given %j',
    (options) => {
      const create = () => createHttpFetcher(options as never)
      expect(create).toThrow(TypeError)
      expect(create).toThrow(/needs an address: pass baseUrl, .* or a function url\(chatId\)/)
    },
  )

  it.each([
    '/api/linq#top',
    '/api/linq?key=1',
    '/api/linq ',
    ' ',
    'https://linq.example/a b',
    '/api\nlinq',
    '/api\\linq',
    'ftp://linq.example',
    'javascript:alert(1)',
    'localhost:3000/api',
    'https:/linq.example',
    'https://',
    'http://',
    '//',
    'https:///api',
    'https://linq.example:99999',
    'https://linq.example:port/api',
    'https://[',
    'https://a%zz/api',
    '127.0.0.1:3000/api',
    '[::1]:3000/api',
    'undefined/api',
    '/undefined/api',
    'https://undefined/api',
    'https://null:3000/api',
    'null',
    'https://user:secret@linq.example',
    7,
    {},
  ])('can’t go to the baseUrl %j: createHttpFetcher throws, and says why (row 134)', (baseUrl) => {
    expect(() => createHttpFetcher({ baseUrl: baseUrl as string })).toThrow(TypeError)
    expect(() => createHttpFetcher({ baseUrl: baseUrl as string })).toThrow(
      /can't use .* as baseUrl: .*\. Pass the address of your proxy, such as/,
    )
  })
})
