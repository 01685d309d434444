/** The pool is emptied for what Batch takes only at zero nodes, changed, and comes back in waves. */
import type { Pool } from '../../../model/observed.ts'
import type { Difference, NodeTargets } from '../../../model/plan.ts'
import { hasOnlyFailedNodes } from '../failed-nodes.ts'
import { describeOther } from '../other-content.ts'
import { drainStep, patchStep, changeImageStep } from '../change-steps.ts'
import { changedThings } from '../difference.ts'
import { scaleToRestore } from '../../../rules/pool-metadata.ts'
import { isAtZero } from '../../../rules/pool-standing.ts'
import { planProof } from '../proof.ts'
import { goalOf } from '../scale-steps.ts'
import { NO_WAVES, provingWaves } from '../smoke-test.ts'
import { finishStep, scaleStep, handOver, type GrowFrom, type StepDraft } from '../steps.ts'
import type { WantedPool, Situation } from '../../situation.ts'
import { describeTargets, nodesOf, totalOf } from '../../../rules/node-targets.ts'
import type { PoolAnswer, PoolQuestion, Refusal, Strategy } from './strategy.ts'

const ON_ANOTHER = 'the image proves itself on a temporary pool first; then '
const PROVED_FIRST: Readonly<Record<WantedPool['spec']['prove'], string>> = {
  auto: ON_ANOTHER,
  'temporary-pool': ON_ANOTHER,
  canary: '',
  none: ''
}

type OfPool = PoolQuestion & { pool: Pool }

export const inPlace: Strategy = {
  answer: question => {
    const { pool, differences } = question
    if (pool === undefined) return undefined
    // An earlier run emptied it for another image and could not bring it back.
    const wasCutOff = scaleToRestore(pool) !== undefined
    if (!wasCutOff && differences.every(({ needs }) => needs === 'patch')) return undefined
    return refusal({ ...question, pool }) ?? changed({ ...question, pool })
  },
  choice: ({ wanted }) =>
    `image-change: in-place (${PROVED_FIRST[wanted.spec.prove]}the pool is drained by ${wanted.spec.drain} for at most drain-timeout, ` +
    'is at zero nodes for some minutes, and comes back in waves)'
}

function refusal({ situation, wanted, pool, differences }: OfPool): Refusal | undefined {
  const paths = (needs: Difference['needs']): string => changedThings(differences.filter(row => row.needs === needs))
  const another = paths('another-pool')
  if (another !== '') {
    return {
      rule: 'another-pool',
      message: `pool "${wanted.spec.poolName}": ${another} can’t change over api-version ${wanted.apiVersion}, which pools from managed images need`,
      wayOut:
        'give a pool spec of another name, so that a new pool is made, or publish to a gallery, whose images a pool can change'
    }
  }
  const { imageChange } = wanted.spec
  const begun = scaleToRestore(pool) !== undefined
  if (imageChange === 'in-place' || begun || differences.every(({ needs }) => needs === 'patch')) return undefined
  const has = nodesOf(pool)
  const work = situation.observed.activeWork
  const idle = totalOf(has) === 0 && pool.allocationState === 'Steady' && (work?.tasks ?? 0) === 0
  if (imageChange === 'auto' && (idle || hasOnlyFailedNodes(situation, pool))) return undefined
  const state = `it has ${describeTargets(has)}${work === undefined ? '' : ` and ${work.tasks === 0 ? 'no' : work.tasks} active or running ${work.tasks === 1 ? 'task' : 'tasks'}`}`
  const why = imageChange === 'refuse' ? 'image-change is "refuse"' : state
  return {
    rule: 'image-change',
    message: `pool "${wanted.spec.poolName}": ${paths('zero-nodes')} can only change at zero nodes, and ${why}${describeOther(differences)}`
  }
}

function changed({ situation, wanted, pool, differences, isProved }: OfPool): PoolAnswer {
  const rebuild = differences.filter(({ needs }) => needs !== 'patch')
  const reason =
    rebuild.length === 0
      ? 'an earlier run emptied it and was cut off before it had brought it back'
      : `${changedThings(rebuild)} can only change at zero nodes${whyItMay(situation, wanted, pool)}`
  const steps: StepDraft[] = []
  if (rebuild.length > 0 && !isHeldAtZero(pool)) steps.push(drainStep(situation, wanted, pool))
  if (rebuild.length > 0) steps.push(changeImageStep(situation, wanted, { pool, differences }))
  else if (differences.length > 0) steps.push(patchStep(situation, wanted, { pool, differences }))
  const goal = goalOf(situation, wanted)
  const { proof, findings } = rebuild.length === 0 || isProved ? { findings: [] } : planProof(situation, wanted, pool)
  const present = rebuild.length > 0 ? {} : { present: nodesOf(pool) }
  const waves =
    totalOf(goal) > 0
      ? wavesOf(situation, wanted, goal, { ...present, isProved: isProved || proof !== undefined })
      : NO_WAVES
  steps.push(...waves.steps)
  const finishing =
    wanted.scale.kind === 'auto'
      ? handOver(situation, wanted, 'gives the autoscale formula back')
      : [finishStep(situation, wanted, 'this run’s lease, and the note of the former scale, go from its metadata')]
  return {
    pool: { decision: 'change', reason },
    steps: [...steps, ...finishing],
    findings,
    undo: waves.undo,
    ...(proof && { proof })
  }
}

/** The smoke test runs once: where the image proves itself. */
function wavesOf(situation: Situation, wanted: WantedPool, goal: NodeTargets, from: GrowFrom): typeof NO_WAVES {
  return from.isProved === true
    ? { steps: [scaleStep(wanted, goal, from)], undo: [] }
    : provingWaves(situation, wanted, goal, from)
}

/** Where nobody has said that a pool with nodes may be drained. */
function whyItMay(situation: Situation, { spec }: WantedPool, pool: Pool): string {
  const isOwnFailure = spec.imageChange === 'auto' && totalOf(nodesOf(pool)) > 0 && hasOnlyFailedNodes(situation, pool)
  return isOwnFailure ? ', and its nodes are only those of a run that failed' : ''
}

function isHeldAtZero(pool: Pool): boolean {
  return pool.allocationState === 'Steady' && isAtZero(pool) && totalOf(nodesOf(pool)) === 0
}
