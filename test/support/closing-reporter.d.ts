export default class ClosingReporter {
  constructor(globalConfig: { rootDir: string; nonFlagArgs?: string[]; testNamePattern?: string })
  onRunComplete(contexts: unknown, results: unknown): void
}
export function guesses(path: string): string[]
export function neverCompared(folder: string): string[]
