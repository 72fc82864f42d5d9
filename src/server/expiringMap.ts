/** A map whose entries expire. Expired ones are removed, at the latest, when the map has doubled in size. */
export class ExpiringMap<Value extends { endsAt: number }> {
  readonly #entries = new Map<string, Value>()
  #sizeToSweep = 64

  /** Reads an entry, unless its time is up. */
  get(key: string, now: number): Value | undefined {
    const value = this.#entries.get(key)
    return value === undefined || value.endsAt <= now ? undefined : value
  }

  set(key: string, value: Value, now: number): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size >= this.#sizeToSweep) this.sweep(now)
  }

  /** Lists what hasn't expired; what was set last comes last. */
  keys(now: number): string[] {
    return [...this.#entries].filter(([, { endsAt }]) => endsAt > now).map(([key]) => key)
  }

  /** Removes what has expired. */
  sweep(now: number): void {
    for (const [key, { endsAt }] of this.#entries) if (endsAt <= now) this.#entries.delete(key)
    this.#sizeToSweep = Math.max(64, 2 * this.#entries.size)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  get size(): number {
    return this.#entries.size
  }
}
