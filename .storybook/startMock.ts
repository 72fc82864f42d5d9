import { setupWorker, type SetupWorker } from 'msw/browser'
import { linqHandlers } from '../stories/linqHandlers.js'

/** Starts what stands in for Linq, and resolves once this page's requests reach it. */
export async function startMock(): Promise<SetupWorker> {
  const mock = setupWorker(...linqHandlers)
  const registration = await mock.start({
    quiet: true,
    onUnhandledRequest: 'bypass',
    serviceWorker: { url: `${import.meta.env.BASE_URL}mockServiceWorker.js` },
  })
  await isControlledBy(registration?.active)
  return mock
}

/**
 * Resolves once a service worker controls this page. A page opened while the page before is closing may have none: MSW
 * then reloads it, but goes on meanwhile, and a story would call an address where nobody answers.
 */
async function isControlledBy(worker: ServiceWorker | null | undefined): Promise<void> {
  const { serviceWorker } = navigator
  while (worker != null && serviceWorker.controller !== worker)
    await new Promise((resolve) =>
      serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
}
