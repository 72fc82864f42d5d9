import type { Page } from 'playwright'
import { expect } from 'vitest'

declare global {
  interface Window {
    /** What an app's feed leaves for the test to call. */
    tell: (event: object) => void
  }
}

/** Lets the other side type, or stop, as the app's feed tells it. */
export async function tellBubble(page: Page, type: 'typing' | 'idle'): Promise<void> {
  await page.waitForFunction(() => typeof window.tell === 'function')
  await page.locator('.rlt-bubble').evaluate((bubble, type) => {
    const { chat: chatId } = (bubble as HTMLElement).dataset
    window.tell({ type, chatId, who: { type: 'recipient' }, age: 0, endsIn: 90_000 })
  }, type)
  await page.locator('.rlt-bubble-dots').waitFor({ state: type === 'typing' ? 'visible' : 'detached' })
}

/** How the dots of a bubble move where motion is welcome: every frame of each, and when. */
export async function motionOf(page: Page): Promise<unknown[]> {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  const motion = await page.locator('.rlt-bubble-dot').evaluateAll((dots) =>
    dots.map((dot) =>
      dot.getAnimations().map(({ effect }) => ({
        frames: (effect as KeyframeEffect).getKeyframes(),
        timing: effect!.getTiming(),
      })),
    ),
  )
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(motion).toHaveLength(3)
  return motion
}
