import { userEvent } from 'vitest/browser'
import { expect, it } from 'vitest'
import { mountBox } from './mountBox.js'

it('Enter sends what was typed, and the box is empty', async () => {
  const { field, sent, calls } = mountBox()
  await userEvent.click(field)
  await userEvent.keyboard('hello')
  expect(field).toHaveValue('hello')
  expect(calls()).toEqual(['start'])
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual(['hello'])
  expect(field).toHaveValue('')
})

it('Shift+Enter breaks the line', async () => {
  const { field, sent } = mountBox()
  await userEvent.click(field)
  await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two')
  expect(field).toHaveValue('one\ntwo')
  expect(sent()).toEqual([])
})
