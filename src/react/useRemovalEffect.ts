import * as React from 'react'

/**
 * An effect that ends when the component is removed, and not while Suspense or Activity only hides it.
 *
 * React before 19.2 doesn't end the insertion effects of what is removed while it is hidden. It has no Activity, though, and
 * Suspense leaves passive effects alone.
 */
export const useRemovalEffect: typeof React.useEffect = Reflect.has(React, 'Activity')
  ? React.useInsertionEffect
  : React.useEffect
