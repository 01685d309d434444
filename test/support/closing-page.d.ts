export type Closing = {
  totals: { suitesPassed: number; suitesFailed: number; passed: number; failed: number }
  failed: string[]
  skipped: { path: string; name: string }[]
  guesses: string[]
  compared: { given: number; left: string[] }
  lists: string
  seconds: number
}
export function closingPage(closing: Closing): string[]
export function closingLists(closing: Pick<Closing, 'skipped' | 'guesses' | 'compared'>): string[]
