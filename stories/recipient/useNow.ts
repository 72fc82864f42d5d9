import { useEffect, useState } from 'react'

/**
 * The time, read four times a second.
 *
 * @param read keeps its identity.
 */
export function useNow(read: () => number = Date.now): number {
  const [now, setNow] = useState(read)
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 250)
    return () => clearInterval(timer)
  }, [read])
  return now
}
