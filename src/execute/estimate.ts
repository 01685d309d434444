/** How long something will still take, from how it went so far. Pure: the caller keeps the time. */
import type { Estimate } from '../azure/pacing.ts'

type Mark = { at: number; done: number }

/** From the first movement that was seen to the latest one. What comes before, such as the boot of a first node, says nothing of the rate. */
export type Course = { first?: Mark; last: Mark; of: number }

/** @param mark what is done of `of`, and when it was seen, in ms */
export function onward(course: Course | undefined, mark: Mark, of: number): Course {
  if (course === undefined || course.of !== of || mark.done < course.last.done) return { last: mark, of }
  if (mark.done === course.last.done) return course
  return { ...course, first: course.first ?? mark, last: mark }
}

/** At the rate of the whole course; undefined until it has moved twice, and when all is done. */
export function estimateAt(course: Course, now: number): Estimate | undefined {
  const { first, last, of } = course
  if (first === undefined || last.done >= of || last.done === first.done) return undefined
  const msForEach = (last.at - first.at) / (last.done - first.done)
  const endsAt = last.at + (of - last.done) * msForEach
  return { remainingMs: Math.max(0, endsAt - now), stillMs: now - last.at }
}

/** The one that takes longest. */
export function longestOf(estimates: readonly (Estimate | undefined)[]): Estimate | undefined {
  return estimates
    .filter(estimate => estimate !== undefined)
    .toSorted((a, b) => b.remainingMs - a.remainingMs)
    .at(0)
}
