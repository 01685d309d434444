/** What a rule says of a read that it needed, and of a thing that isn't there. */
import type { ArmId } from '../../model/arm-id.ts'
import { sameId } from '../../model/arm-id.ts'
import type { Looked, Pool } from '../../model/observed.ts'
import { error, note, warning, type Verdict } from './rule.ts'

/** @param about what could not be looked at, as a message begins */
export function ofLooked<T>(
  about: string,
  looked: Looked<T>,
  check: (found: T | undefined) => readonly Verdict[]
): readonly Verdict[] {
  if (!('unread' in looked)) return check(looked.found)
  const { action, why } = looked.unread
  const wayOut = /authorization|forbidden|denied/i.test(why)
    ? `give the identity that signs in a role with the action "${action}" to have it checked`
    : 'make sure of it by hand; the next run looks again'
  return [note(`${about} could not be checked: ${why}`, wayOut)]
}

/**
 * A pool that has a thing already isn't sent it again: only its new nodes do without it then, and otherwise Batch refuses.
 */
export function refusedUnlessThere(pool: Pool | undefined, id: ArmId) {
  return pool !== undefined && holds(pool.body, id) ? warning : error
}

function holds(json: unknown, id: string): boolean {
  if (typeof json === 'string') return sameId(json, id)
  if (typeof json !== 'object' || json === null) return false
  return Object.entries(json).some(([name, value]) => sameId(name, id) || holds(value, id))
}
