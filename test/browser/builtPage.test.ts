import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'

const folder = join(inject('pages'), 'example')
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }))

it('the built page is a page with the box in it', () => {
  expect(files.map(({ name }) => name)).toContain('index.html')
  expect(files.some(({ text }) => text.includes('rlt-compose'))).toBe(true)
})

it.each([inject('exampleKey'), 'api.linqapp.com', 'LinqAPIV3', 'Bearer '])(
  'the built page holds nothing of the server’s: not %s',
  (secret) => {
    expect(files.filter(({ text }) => text.includes(secret)).map(({ name }) => name)).toEqual([])
  },
)
