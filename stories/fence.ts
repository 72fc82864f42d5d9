/** Resolves once every call that was made before has arrived at the mock: this one, for a file that is there, takes the same way. */
export async function fence(): Promise<void> {
  for (const turn of [1, 2])
    await fetch(`${import.meta.env.BASE_URL}mockServiceWorker.js?fence=${turn}`, { method: 'HEAD' })
}
