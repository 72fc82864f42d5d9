import query from '@tanstack/react-query/package.json' with { type: 'json' }
import { render } from '@testing-library/react'
import { useEffect, version } from 'react'
import { version as domVersion } from 'react-dom'
import { expect, inject, it } from 'vitest'

const isOldest = inject('peers') === 'oldest'

it('the suite runs on the React that its project names', () => {
  expect(domVersion).toBe(version)
  expect(version).toMatch(isOldest ? /^18\.2\./ : /^19\./)
})

it('the suite runs on the TanStack Query that its project names', () => {
  expect(query.version).toMatch(isOldest ? /^5\.0\./ : /^5\.1\d\d\./)
})

it('the suite runs under StrictMode where its project says so', () => {
  let mounts = 0
  function Counted() {
    useEffect(() => {
      mounts++
    }, [])
    return null
  }
  render(<Counted />)
  expect(mounts).toBe(inject('isStrict') ? 2 : 1)
})
