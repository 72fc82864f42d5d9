const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** Whether a text has the shape of a UUID, so that it can be a chat's id and a segment of a path. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}
