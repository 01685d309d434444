import { pollPace, type Estimate } from '../azure/pacing.ts'
import type { Execution } from './context.ts'
import { estimateAt, longestOf, onward, type Course } from './estimate.ts'

export type Pace = {
  /** Something new has begun. `expectMs`: as far as is known it takes so long, unless it fails at once. */
  restart(expectMs?: number): void
  /** `done` of `of`, by a name for what is counted: nodes, a region's percent. */
  mark(what: string, done: number, of: number): void
  /** Ms since the last restart, or since the first look. */
  sinceMs(): number
}
/** One look; `undefined`: it isn't there yet. */
export type Look<T> = (pace: Pace) => Promise<T | undefined>

/**
 * Looks until there is a value. Progress and expectations decide when to look next; without any it is after a share of the
 * time that has passed. Never longer than the poll interval.
 */
export async function watch<T>(run: Execution, look: Look<T>, expectMs?: number): Promise<T> {
  let current = paceOf(run, expectMs)
  const pace: Pace = {
    restart: expectedMs => void (current = paceOf(run, expectedMs)),
    mark: (what, done, of) => current.mark(what, done, of),
    sinceMs: () => current.sinceMs()
  }
  for (;;) {
    const found = await look(pace)
    if (found !== undefined) return found
    await run.clock.sleep(current.next(), run.signal)
  }
}

function paceOf({ clock, pollIntervalMs }: Execution, expectMs = 0): Omit<Pace, 'restart'> & { next(): number } {
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
    sinceMs: () => clock.now() - startedAt,
    mark: (what, done, of) => void courses.set(what, onward(courses.get(what), { at: clock.now(), done }, of)),
    next: () => {
      looks += 1
      return wait({ estimate: longestOf([expected(), ...courseEnds()]) })
    }
  }
}
