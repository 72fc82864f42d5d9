import { defineProject } from 'vitest/config'
import { chromium, engineProject } from './engineProject.js'

/** The tests in the page, in Chromium alone: a part of `npm test`. */
const project = engineProject('compose', await chromium())

export default defineProject({
  ...project,
  test: {
    ...project.test,
    // A frame for each file would take half as long as the tests.
    isolate: false,
    // After the projects that drive whole apps: beside them, the race between keys would take many rounds.
    sequence: { groupOrder: 1 },
  },
})
