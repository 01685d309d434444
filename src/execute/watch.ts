import { pollPace } from '../azure/pacing.ts'
import type { Execution } from './context.ts'

/**
 * Looks until `look` returns a value, at a pace that starts short and grows to the poll interval. `look` says with `undefined`
 * that it isn't there yet; `restart()` starts the pace anew, when something new has begun.
 */
export async function watch<T>(run: Execution, look: (restart: () => void) => Promise<T | undefined>): Promise<T> {
  const fresh = (): ReturnType<typeof pollPace> =>
    pollPace({ longestMs: run.pollIntervalMs, now: () => run.clock.now() })
  let pace = fresh()
  for (;;) {
    const found = await look(() => {
      pace = fresh()
    })
    if (found !== undefined) return found
    await run.clock.sleep(pace(), run.signal)
  }
}
