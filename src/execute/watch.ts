import { pollPace, type Estimate } from '../azure/pacing.ts'
import type { Execution } from './context.ts'
import { estimateAt, longestOf, onward, type Course } from './estimate.ts'

/** Something new has begun. `expectMs`: as far as is known it takes so long, unless it fails at once. */
type Restart = (expectMs?: number) => void
/** `done` of `of`, by a name for what is counted: nodes, a region's percent. */
type Progress = (what: string, done: number, of: number) => void
/** One look; `undefined`: it isn't there yet. */
export type Look<T> = (restart: Restart, progress: Progress) => Promise<T | undefined>

/**
 * Looks until there is a value. Progress and expectations decide when to look next; without any it is after a share of the
 * time that has passed. Never longer than the poll interval.
 */
export async function watch<T>(run: Execution, look: Look<T>, expectMs?: number): Promise<T> {
  let pace = paceOf(run, expectMs)
  const restart: Restart = expectedMs => void (pace = paceOf(run, expectedMs))
  const progress: Progress = (what, done, of) => pace.mark(what, done, of)
  for (;;) {
    const found = await look(restart, progress)
    if (found !== undefined) return found
    await run.clock.sleep(pace.next(), run.signal)
  }
}

function paceOf({ clock, pollIntervalMs }: Execution, expectMs = 0): { mark: Progress; next(): number } {
  const startedAt = clock.now()
  const wait = pollPace({ longestMs: pollIntervalMs, now: () => clock.now() })
  const courses = new Map<string, Course>()
  let looks = 0
  const expected = (): Estimate | undefined => {
    const remainingMs = startedAt + expectMs - clock.now()
    return looks > 1 && remainingMs > 0 ? { remainingMs, stillMs: 0 } : undefined
  }
  const courseEnds = (): (Estimate | undefined)[] => [...courses.values()].map(one => estimateAt(one, clock.now()))
  return {
    mark: (what, done, of) => void courses.set(what, onward(courses.get(what), { at: clock.now(), done }, of)),
    next: () => {
      looks += 1
      return wait({ estimate: longestOf([expected(), ...courseEnds()]) })
    }
  }
}
