/** Reads the fields of a JSON body; none where it is anything else. */
export async function readFields(request: {
  json: () => Promise<unknown>
}): Promise<Record<string, unknown>> {
  const body = await request.json().catch(() => null)
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
