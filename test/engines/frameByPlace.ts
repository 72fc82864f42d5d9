import type { Frame, Page } from 'playwright'
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node'

/**
 * The same provider, which finds the frame of the tests by its place in the page instead of by its name: Playwright asks
 * Firefox for the name of a frame once, and never knows it if the frame has loaded before the answer.
 */
export function frameByPlace<Options extends object>(
  option: BrowserProviderOption<Options>,
): BrowserProviderOption<Options> {
  return {
    ...option,
    providerFactory(project) {
      const provider = option.providerFactory(project)
      const getCommandsContext: BrowserProvider['getCommandsContext'] =
        provider.getCommandsContext.bind(provider)
      provider.getCommandsContext = (sessionId) => {
        const context = getCommandsContext(sessionId)
        return { ...context, frame: () => findFrame(context.page as Page) }
      }
      return provider
    },
  }
}

async function findFrame(page: Page): Promise<Frame> {
  return page.mainFrame().childFrames().at(-1) ?? (await page.waitForEvent('frameattached'))
}
