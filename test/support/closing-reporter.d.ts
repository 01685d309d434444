export default class ClosingReporter {
  constructor(globalConfig: { rootDir: string })
  onRunComplete(contexts: unknown, results: unknown): void
}
export function guesses(path: string): string[]
export function neverCompared(folder: string): { given: number; left: string[] }
