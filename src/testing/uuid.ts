const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** Whether a text has the shape of a UUID. */
export const isUuid = (text: string): boolean => uuid.test(text)

/** Makes version 4 UUIDs from a counter, so that every run has the same ones. */
export function createUuidCounter(): () => string {
  let count = 0
  return () => {
    count += 1
    return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`
  }
}
