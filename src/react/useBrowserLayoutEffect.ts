import { useEffect, useLayoutEffect } from 'react'

/** `useLayoutEffect`, but not on a server, where React 18 warns about it. */
export const useBrowserLayoutEffect: typeof useLayoutEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect
