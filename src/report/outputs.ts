/**
 * The step's outputs from plan and outcome: what is known by then, on failure too. `''` for what isn't; outputs that are JSON
 * are JSON always (`fromJSON` fails on an empty text).
 */
import { nameOf, sameId } from '../model/arm-id.ts'
import type { Outcome, PoolOutcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { resourceOf } from '../model/resource-outcome.ts'
import { countNodes } from './node-counts.ts'
import { MOST_RESIZE_ERRORS, poolState } from './pool-state.ts'

export const OUTPUT_NAMES = [
  'image-id',
  'image-name',
  'image-version',
  'snapshot-ids',
  'pool-id',
  'pools',
  'pool-name',
  'pool-state',
  'provisioning-state',
  'allocation-state',
  'current-dedicated-nodes',
  'current-low-priority-nodes',
  'node-states',
  'resize-errors',
  'changed',
  'plan-file',
  'failure-reason',
  'failed-step'
] as const

export type OutputName = (typeof OUTPUT_NAMES)[number]
export type Outputs = Record<OutputName, string>

/** @param plan undefined when the run ended before there was one. */
export function outputsOf(plan: Plan | undefined, outcome: Outcome, extra: { planFile?: string } = {}): Outputs {
  const isOne = (plan?.pools.length ?? 0) < 2 && outcome.pools.length < 2
  const [pool] = isOne ? outcome.pools : []
  const poolId = isOne ? (pool?.poolId ?? plan?.pools[0]?.poolId) : undefined
  const gone = outcome.failure?.resizeErrors?.slice(0, MOST_RESIZE_ERRORS)
  return {
    ...imageOutputs(plan, outcome),
    'pool-id': poolId ?? '',
    pools: JSON.stringify(outcome.pools.map(poolState)),
    'pool-name': poolId === undefined ? '' : nameOf(poolId),
    ...poolOutputs(pool),
    ...(gone === undefined ? {} : { 'resize-errors': JSON.stringify(gone) }),
    changed: String(outcome.changed),
    'plan-file': extra.planFile ?? '',
    'failure-reason': outcome.failure?.reason ?? '',
    'failed-step': outcome.failure?.step ?? ''
  }
}

type ImageOutputName = 'image-id' | 'image-name' | 'image-version' | 'snapshot-ids'

/** Nothing that isn't there: a later step would take it for made. Of a dry run, what would be made. */
function imageOutputs(plan: Plan | undefined, outcome: Outcome): Record<ImageOutputName, string> {
  const image = plan !== undefined && isThere(plan, outcome) ? plan.image : undefined
  return {
    'image-id': image?.imageId ?? '',
    'image-name': image?.imageName ?? '',
    'image-version': image?.version ?? '',
    'snapshot-ids': JSON.stringify(plan === undefined ? [] : standingSnapshots(plan, outcome))
  }
}

function isThere(plan: Plan, outcome: Outcome): boolean {
  if (plan.image === undefined || isPlanOnly(plan, outcome)) return true
  return resourceOf(outcome.resources, plan.image.imageId)?.exists ?? plan.image.decision !== 'create'
}

function standingSnapshots(plan: Plan, outcome: Outcome): string[] {
  const ids = plan.image?.snapshotIds ?? []
  if (isPlanOnly(plan, outcome)) return ids
  const refused = outcome.failure !== undefined && plan.steps.length === 0
  if (refused && plan.image?.decision === 'create') return []
  const isToBeMade = (id: string): boolean =>
    plan.steps.some(step => step.kind === 'create-snapshot' && sameId(step.snapshotId, id))
  // One of an earlier run that this one never came to is there, as it was found.
  return ids.filter(id => resourceOf(outcome.resources, id)?.exists ?? !isToBeMade(id))
}

const isPlanOnly = ({ dryRun }: Plan, { failure }: Outcome): boolean => dryRun && failure === undefined

type PoolOutputName =
  | 'pool-state'
  | 'provisioning-state'
  | 'allocation-state'
  | 'current-dedicated-nodes'
  | 'current-low-priority-nodes'
  | 'node-states'
  | 'resize-errors'

function poolOutputs(seen: PoolOutcome | undefined): Record<PoolOutputName, string> {
  const text = (value: string | number | undefined): string => (value === undefined ? '' : String(value))
  const state = seen === undefined ? undefined : poolState(seen)
  return {
    'pool-state': JSON.stringify(state ?? null),
    'provisioning-state': text(state?.provisioningState),
    'allocation-state': text(state?.allocationState),
    'current-dedicated-nodes': text(state?.dedicated.current),
    'current-low-priority-nodes': text(state?.lowPriority.current),
    'node-states': JSON.stringify(seen === undefined ? {} : countNodes(seen.nodes)),
    'resize-errors': JSON.stringify(state?.resizeErrors ?? [])
  }
}
