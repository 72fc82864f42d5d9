export interface MeasuredBytes {
  name: string
  kilobytes: number
  limit: number
  target: number | undefined
  /** The packages that it imports and leaves to the app. */
  outside: string[]
  /** The files whose code it holds. */
  modules: string[]
}

export function measureBytes(dist: string): Promise<MeasuredBytes[]>
export function quotedBytes(readme: string): { name: string; quoted: string }[]
