import { TestEnvironment } from 'jest-environment-jsdom'

/** The DOM of jsdom, which has no `fetch`, with Node's. */
export default class JsdomWithFetch extends TestEnvironment {
  async setup() {
    await super.setup()
    Object.assign(this.global, { fetch, Headers, Request, Response })
  }
}
