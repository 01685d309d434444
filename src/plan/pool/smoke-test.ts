/** What must exit 0 on each node that proves the image: its job, and that it goes. */
import { childId, nameOf } from '../../model/arm-id.ts'
import type { NodeTargets, PoolAddress, Undo } from '../../model/plan.ts'
import { NO_CHANGE } from '../../rules/pool-metadata.ts'
import { smokeJobName } from '../../rules/smoke-job.ts'
import { firstTargets, sameTargets } from '../../rules/node-targets.ts'
import { addressOf, type Situation, type WantedPool } from '../situation.ts'
import { firstWaveOf, scaleStep, type GrowFrom, type StepDraft } from './steps.ts'

type SmokeSteps = { steps: StepDraft[]; undo: Undo[] }

export const NO_WAVES: SmokeSteps = { steps: [], undo: [] }

/** On a pool whose nodes are there. Nothing where none is asked for. */
export function smokeSteps(
  { context }: Situation,
  { spec, imageId }: WantedPool,
  { address, proofOf }: { address: PoolAddress; proofOf?: string }
): SmokeSteps {
  const { smokeTest } = spec
  if (smokeTest === undefined) return NO_WAVES
  const { poolId } = address
  const poolName = nameOf(poolId)
  const jobId = childId(spec.batchAccountId, 'jobs', smokeJobName(poolId, imageId, context))
  const deletion = { kind: 'delete-smoke-job' as const, title: 'delete the job of the smoke test', ...address, jobId }
  return {
    steps: [
      {
        id: 'smoke-test',
        kind: 'run-smoke-test',
        title: `run the smoke test on pool ${poolName}`,
        reason: 'it must exit 0 on each node',
        ...address,
        jobId,
        task: smokeTest.task,
        timeoutMs: smokeTest.timeoutMs,
        metadata: NO_CHANGE,
        ...(proofOf === undefined ? {} : { proofOf })
      },
      { ...deletion, id: 'delete-smoke-job', reason: 'its output has been read', housekeeping: true }
    ],
    undo: [
      {
        after: 'smoke-test',
        until: 'delete-smoke-job',
        on: ['failed', 'cancelled', 'killed'],
        atOnce: true,
        step: { ...deletion, id: 'drop-smoke-job', reason: 'nobody needs it any more', after: [] }
      }
    ]
  }
}

/**
 * The waves of a pool whose own first one proves the image: with a smoke test, that wave is a step of its own, and nothing more is bought
 * before the test has passed.
 */
export function provingWaves(situation: Situation, wanted: WantedPool, goal: NodeTargets, from: GrowFrom): SmokeSteps {
  const { spec } = wanted
  const whole = scaleStep(wanted, goal, from)
  if (spec.smokeTest === undefined) return { steps: [whole], undo: [] }
  const { steps, undo } = smokeSteps(situation, wanted, { address: addressOf(wanted) })
  const first = firstTargets(goal, firstWaveOf(wanted), spec.waveSize)
  if (sameTargets(first, goal)) return { steps: [whole, ...steps], undo }
  const canary = scaleStep(wanted, first, from)
  return {
    steps: [{ ...canary, id: 'scale-canary' }, ...steps, scaleStep(wanted, goal, { present: first })],
    undo
  }
}
