/** Plans what becomes of a pool: the first strategy that has an answer decides. */
import type { Finding, PlannedPool, PlannedRollback, Step, Undo } from '../../model/plan.ts'
import { idsOf } from '../../model/step.ts'
import { withBake } from './bake.ts'
import { otherContent } from './other-content.ts'
import { poolDifferences } from './difference.ts'
import { scaleDifferences } from './scale-steps.ts'
import type { StepDraft } from './steps.ts'
import { leftProofPools } from './proof.ts'
import { planRollback } from './rollback.ts'
import { stoppedAfterProof } from './stop-after.ts'
import { poolUndo, withLease } from './undo.ts'
import { addressOf, type WantedPool, type Situation } from '../situation.ts'
import { answerOf } from './strategies/index.ts'
import { totalOf } from '../../rules/node-targets.ts'

export type PoolPlan = {
  pool: PlannedPool
  /** The step with which a temporary pool has proved the change; undefined where there is none. */
  proved?: string
  steps: Step[]
  undo: Undo[]
  rollback?: PlannedRollback
  findings: Finding[]
  /** Whether nodes with the image are found healthy on the way: a pool without nodes proves nothing. */
  proves: boolean
}

type Place = {
  /** Steps that must have succeeded before anything is done to the pool. */
  after: string[]
  /** The step of another pool that proves the image for this one, too. */
  provedBy?: string | undefined
}

export function planPool(situation: Situation, wanted: WantedPool, { after, provedBy }: Place): PoolPlan {
  const { pool } = situation.observed
  const differences =
    pool === undefined ? [] : [...poolDifferences(wanted, pool), ...otherContent(situation, wanted, pool)]
  const scaling = pool === undefined ? [] : scaleDifferences(wanted, pool)
  const question = { situation, wanted, pool, differences, isProved: provedBy !== undefined }
  const answer = stoppedAfterProof(question, answerOf(question))
  const steps = withLease(withBake(situation, wanted, answer.steps), situation.context)
  const { proof } = answer
  const back = planRollback(situation, wanted, { pool, differences, steps })
  const proving = chained(proof?.steps ?? [], after)
  const [proved] = idsOf(proving.filter(({ housekeeping }) => housekeeping !== true)).slice(-1)
  const first = [...(proved === undefined ? after : [proved]), ...(provedBy === undefined ? [] : [provedBy])]
  return {
    pool: {
      ...addressOf(wanted),
      differences: [...differences, ...scaling],
      maxUnhealthy: wanted.spec.maxUnhealthy,
      ...answer.pool
    },
    steps: [
      ...leftProofPools(situation, wanted).map(step => ({ ...step, after: [] })),
      ...proving,
      ...chained(steps, first)
    ],
    undo: [
      ...(proof?.undo ?? []),
      ...(answer.undo ?? []),
      ...back.undo,
      ...unlessBegun(back, poolUndo(situation, wanted, steps))
    ],
    ...(proved === undefined ? {} : { proved }),
    ...(back.rollback && { rollback: back.rollback }),
    findings: [...answer.findings, ...back.findings],
    proves: wanted.spec.stopAfter === undefined && isProof(steps)
  }
}

/** From the first step of the way back on, its own undoing takes over. */
function unlessBegun({ rollback }: { rollback?: PlannedRollback }, undo: readonly Undo[]): Undo[] {
  const [first] = rollback?.steps ?? []
  return undo.map(one => (first === undefined ? one : { ...one, unless: first.id }))
}

/** Ids of steps are short as long as there is one pool: `scale-pool`, else `render/scale-pool`. */
export function withName(plan: PoolPlan, name: string): PoolPlan {
  const { rollback } = plan
  const all = [...plan.steps, ...(rollback?.steps ?? []), ...plan.undo.map(({ step }) => step)]
  const own = new Set(all.map(({ id }) => id))
  const named = (id: string): string => (own.has(id) ? `${name}/${id}` : id)
  const step = <S extends Step>(one: S): S => ({ ...one, id: named(one.id), after: one.after.map(named) })
  return {
    ...plan,
    ...(plan.proved === undefined ? {} : { proved: named(plan.proved) }),
    steps: plan.steps.map(step),
    undo: plan.undo.map(one => ({
      ...one,
      after: named(one.after),
      until: named(one.until),
      ...(one.unless !== undefined && { unless: named(one.unless) }),
      step: step(one.step)
    })),
    ...(rollback && {
      rollback: {
        ...rollback,
        after: named(rollback.after),
        until: named(rollback.until),
        steps: rollback.steps.map(step)
      }
    })
  }
}

function isProof(steps: readonly StepDraft[]): boolean {
  const grows = steps.some(step => step.kind === 'scale-pool' && totalOf(step.goal) > 0)
  return grows || isVerifiedAsItIs(steps)
}

/** Nodes that are there are looked at, and no formula has a say in how many. */
function isVerifiedAsItIs(steps: readonly StepDraft[]): boolean {
  const handsOver = steps.some(step => step.kind === 'finish-pool' && step.evaluationIntervalMs !== undefined)
  return steps.some(({ kind }) => kind === 'verify-nodes') && !handsOver
}

/** Everything on one pool happens one after the other; nothing comes after what only cleans up. */
function chained(steps: readonly StepDraft[], first: string[]): Step[] {
  let after = first
  return steps.map(step => {
    const placed = { ...step, after }
    if (step.housekeeping !== true) after = [step.id]
    return placed
  })
}
