import type { Stored } from '../kernel/types.ts'
import { textOf } from './json.ts'
import { poolProperties } from './pool-nodes.ts'
import { factsOf, nodesAt } from './pool-record.ts'

/** Since 2026-03-31 nodes aren't made in the other one, Classic, any more (Batch's page on its retirement). */
const PRESENT = 'Simplified'

/**
 * How the pool's nodes speak with Batch; nothing while there are none (recorded). The mode goes with nodes: what a world shows stays
 * until its pool has been without any.
 */
export function communicationModeAt(pool: Stored, now: number): string | undefined {
  if (nodesAt(factsOf(pool), now).length === 0) return undefined
  const shown = textOf(poolProperties(pool)['currentNodeCommunicationMode'])
  return shown !== undefined && hasAlwaysHadNodes(pool, now) ? shown : PRESENT
}

function hasAlwaysHadNodes(pool: Stored, now: number): boolean {
  const facts = factsOf(pool)
  const ends = facts.nodes.flatMap(({ goneAt }) => (goneAt !== undefined && goneAt <= now ? [goneAt] : []))
  return [pool.createdAt, ...new Set(ends)].every(at => nodesAt(facts, at).length > 0)
}
