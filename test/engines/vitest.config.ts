import { defineProject } from 'vitest/config'
import { chromium, engineProject } from './engineProject.js'

/** The tests in the page, in Chromium alone: a part of `npm test`. */
const project = engineProject('compose', await chromium())

export default defineProject({
  ...project,
  // A frame for each file would take half as long as the tests.
  test: { ...project.test, isolate: false },
})
