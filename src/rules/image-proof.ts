/** What an image version says of itself: on which nodes it has proved itself, or failed. Values of its tags. */
import { bearingOf, speaksAgainstImage } from '../model/node-state.ts'
import type { Node } from '../model/observed.ts'
import type { RunContext } from '../model/spec.ts'
import { countStates } from './describe-nodes.ts'
import { LONGEST_TAG_VALUE } from './run-tags.ts'

/** Nodes of one pool. */
export type PoolNodes = { poolName: string; vmSize?: string | undefined; nodes: readonly Node[] }

/**
 * Value of the tag `batch-image-rollout-proved`: `2026-11-29T10:00:00Z: 4 nodes Standard_D4s_v5 of render`, with a comma before
 * each further pool. All of `nodes` are healthy with the version; pools without any are left out.
 * @param at ms since the epoch
 * @returns undefined where there is no node
 */
export function provedValue(at: number, pools: readonly PoolNodes[]): string | undefined {
  const proofs = pools
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ poolName, vmSize, nodes }) =>
      [counted(nodes.length), vmSize ?? '', 'of', poolName].filter(Boolean).join(' ')
    )
  return proofs.length === 0 ? undefined : fitting(`${secondsOf(at)}: ${proofs.join(', ')}`)
}

/**
 * Value of the tag `batch-image-rollout-failed`:
 * `run 123 attempt 1 of owner/repo: 3 of 3 nodes starttaskfailed of render, 2026-11-29T10:00:00Z`.
 * @param at ms since the epoch
 */
export function failedValue(run: RunContext, at: number, pools: readonly PoolNodes[]): string {
  const of = run.repository === '' ? '' : ` of ${run.repository}`
  const failures = pools.map(({ poolName, nodes }) => `${describeFailed(nodes)} of ${poolName}`)
  return fitting(`run ${run.runId} attempt ${run.runAttempt}${of}: ${[...failures, secondsOf(at)].join(', ')}`)
}

function describeFailed(nodes: readonly Node[]): string {
  const failed = nodes
    .filter(node => bearingOf(node) === 'unhealthy' || (bearingOf(node) === 'pending' && speaksAgainstImage(node)))
    .map(({ state }) => state)
  const states = new Set(failed).size > 1 ? `(${countStates(failed)})` : (failed[0] ?? 'failed')
  return `${failed.length} of ${counted(nodes.length)} ${states}`
}

const counted = (count: number): string => `${count} ${count === 1 ? 'node' : 'nodes'}`

/** ISO 8601 in UTC, to the second. */
const secondsOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

const fitting = (value: string): string => value.slice(0, LONGEST_TAG_VALUE)
