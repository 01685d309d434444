/** Spec and observation in, plan out. Pure: the same two give the same plan. */
import { nameOf } from '../model/arm-id.ts'
import type { Observed } from '../model/observed.ts'
import type { Finding, Plan, PlannedImage, Step } from '../model/plan.ts'
import type { RunContext, Spec } from '../model/spec.ts'
import { checkAll } from './checks/index.ts'
import { factsOf } from './facts.ts'
import { planImage } from './image.ts'
import { planPool } from './pool.ts'
import { situationOf, type Situation } from './situation.ts'

export function planRun(spec: Spec, observed: Observed, context: RunContext): Plan {
  const situation = situationOf(spec, observed, context)
  const findings = checkAll(situation)
  const plan: Plan = {
    format: 2,
    command: spec.command,
    dryRun: spec.dryRun,
    found: factsOf(situation),
    findings,
    pools: [],
    steps: [],
    undo: []
  }
  // Where the source or the account is missing there is nothing to plan from; the findings say so.
  if (findings.some(isBlind)) return plan
  return stopped(withSteps(plan, situation))
}

/** Of a pool that goes away nothing is to be changed: what it would need is of no interest. */
const BLIND: ReadonlySet<string> = new Set(['source-exists', 'account-exists', 'pool-deleting'])
const isBlind = ({ rule, severity }: Finding): boolean => severity === 'error' && BLIND.has(rule)

function withSteps(plan: Plan, situation: Situation): Plan {
  const { spec } = situation
  const image = spec.image === undefined ? undefined : planImage(situation)
  const making = image?.making ?? []
  const pool = situation.pool === undefined ? undefined : planPool(situation, situation.pool, idsOf(making.slice(-1)))
  // What only lets go of the pool proves nothing, and holds nothing back.
  const proving = [...making, ...(pool?.steps ?? [])].filter(({ housekeeping }) => housekeeping !== true)
  const proof = pool && { poolId: pool.pool.poolId, after: idsOf(proving.slice(-1)), proves: pool.proves }
  const finishing = image?.finishing(proof)
  const planned = image?.image ?? (spec.command === 'rollout' ? givenImage(situation) : undefined)
  return {
    ...plan,
    found: [...plan.found, ...(image?.facts ?? [])],
    findings: [...plan.findings, ...(pool?.findings ?? [])],
    ...(planned === undefined ? {} : { image: planned }),
    pools: pool === undefined ? [] : [pool.pool],
    steps: [...making, ...(pool?.steps ?? []), ...(finishing?.steps ?? [])],
    undo: [...(image?.undo ?? []), ...(finishing?.undo ?? []), ...(pool?.undo ?? [])]
  }
}

const idsOf = (steps: readonly Step[]): string[] => steps.map(({ id }) => id)

/** The image that `rollout` was given. */
function givenImage({ pool, observed }: Situation): PlannedImage {
  const imageId = pool?.imageId
  if (pool === undefined || imageId === undefined) throw new Error('internal error: a rollout without an image')
  const [, gallery, definition, version] =
    /galleries\/([^/]+)\/images\/([^/]+)\/versions\/([^/]+)$/i.exec(imageId) ?? []
  const names = `${pool.spec.imageFrom ?? 'image-id'} names it`
  const reason = observed.rolloutVersion?.excludeFromLatest === true ? `${names} (it is hidden)` : names
  if (gallery === undefined || definition === undefined || version === undefined) {
    return { kind: 'managed', imageId, imageName: nameOf(imageId), decision: 'given', reason, snapshotIds: [] }
  }
  const imageName = `${gallery}/${definition}/${version}`
  return { kind: 'gallery', imageId, imageName, version, decision: 'given', reason, snapshotIds: [] }
}

/** An error among the findings stops everything: a plan that must not be performed has no steps. */
function stopped(plan: Plan): Plan {
  return plan.findings.some(({ severity }) => severity === 'error') ? { ...plan, steps: [], undo: [] } : plan
}
