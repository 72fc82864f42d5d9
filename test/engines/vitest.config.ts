import { defineProject } from 'vitest/config'
import { chromium, engineProject } from './engineProject.js'

/** The tests in the page, in Chromium alone: a part of `npm test`. */
export default defineProject(engineProject('compose', await chromium()))
