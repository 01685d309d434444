/** The step's outputs from plan and outcome: what is known by then, on failure too; `''` for what isn't. */
import type { Outcome, PoolOutcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { countNodes } from './node-counts.ts'
import { poolState } from './pool-state.ts'

export const OUTPUT_NAMES = [
  'image-id',
  'image-name',
  'image-version',
  'snapshot-ids',
  'pool-id',
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
  return {
    'image-id': plan?.image?.imageId ?? '',
    'image-name': plan?.image?.imageName ?? '',
    'image-version': plan?.image?.version ?? '',
    'snapshot-ids': plan?.image === undefined ? '' : JSON.stringify(standingSnapshots(plan, outcome)),
    'pool-id': outcome.pool?.poolId ?? plan?.pool?.poolId ?? '',
    'pool-name': outcome.pool?.poolName ?? plan?.pool?.poolId.split('/').at(-1) ?? '',
    ...poolOutputs(outcome.pool),
    changed: String(outcome.changed),
    'plan-file': extra.planFile ?? '',
    'failure-reason': outcome.failure?.reason ?? '',
    'failed-step': outcome.failure?.step ?? ''
  }
}

/** Those that are there at the end; with a dry run, those that would be made. */
function standingSnapshots(plan: Plan, { steps }: Outcome): string[] {
  const deleted = plan.steps.flatMap(step =>
    step.kind === 'delete-snapshot' && steps.some(({ id, status }) => id === step.id && status === 'done')
      ? [step.snapshotId]
      : []
  )
  return (plan.image?.snapshotIds ?? []).filter(id => !deleted.includes(id))
}

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
  const json = (value: object | undefined): string => (value === undefined ? '' : JSON.stringify(value))
  const state = seen === undefined ? undefined : poolState(seen)
  return {
    'pool-state': json(state),
    'provisioning-state': text(state?.provisioningState),
    'allocation-state': text(state?.allocationState),
    'current-dedicated-nodes': text(state?.dedicated.current),
    'current-low-priority-nodes': text(state?.lowPriority.current),
    'node-states': json(seen === undefined ? undefined : countNodes(seen.nodes)),
    'resize-errors': json(state?.resizeErrors)
  }
}
