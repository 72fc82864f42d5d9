/** Asks a model. */
export function writeAnswer(question: string, options: { signal: AbortSignal }): Promise<string>
