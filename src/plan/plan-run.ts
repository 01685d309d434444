/** Spec and observation in, plan out. Pure: the same two give the same plan. */
import { nameOf } from '../model/arm-id.ts'
import type { Observed } from '../model/observed.ts'
import type { Finding, Plan, PlannedImage, Step } from '../model/plan.ts'
import { idsOf } from '../model/step.ts'
import type { RunContext, Spec } from '../model/spec.ts'
import { checkAll } from './checks/index.ts'
import { factsOf } from './facts.ts'
import { planImage } from './image/image.ts'
import type { Proof } from './image/image-build.ts'
import { provingSteps } from './image/prove-version.ts'
import { planPool, withNames, type PoolPlan } from './pool/pool.ts'
import { situationOf, type Situation } from './situation.ts'

export function planRun(spec: Spec, observed: Observed, context: RunContext): Plan {
  const situation = situationOf(spec, observed, context)
  const findings = checkAll(situation)
  const plan: Plan = {
    format: 2,
    command: spec.command,
    dryRun: spec.dryRun,
    ...(spec.rollout?.stopAfter === undefined ? {} : { stopAfter: spec.rollout.stopAfter }),
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
const BLIND: ReadonlySet<string> = new Set([
  'source-exists',
  'account-exists',
  'pool-exists',
  'pool-deleting',
  'latest-proved'
])
const isBlind = ({ rule, severity }: Finding): boolean => severity === 'error' && BLIND.has(rule)

function withSteps(plan: Plan, situation: Situation): Plan {
  const { spec } = situation
  const image = spec.image === undefined ? undefined : planImage(situation)
  const making = image?.steps ?? []
  const targets = situation.pool === undefined ? [] : [situation.pool]
  const pools = withNames(targets.map(wanted => planPool(situation, wanted, idsOf(making.slice(-1)))))
  const proof = proofOf(making, pools, spec.rollout?.stopAfter !== undefined)
  const first = pools.flatMap(({ steps }) => idsOf(steps.slice(0, 1)))[0]
  const finishing =
    image === undefined
      ? provingSteps(spec, situation.observed.rolloutVersion, { proof, first })
      : image.finishing(proof)
  const planned = image?.image ?? givenImage(situation)
  return {
    ...plan,
    found: [...plan.found, ...(image?.facts ?? [])],
    findings: [...plan.findings, ...pools.flatMap(({ findings }) => findings)],
    ...(planned === undefined ? {} : { image: planned }),
    pools: pools.map(({ pool }) => pool),
    steps: [...making, ...pools.flatMap(({ steps }) => steps), ...finishing.steps],
    undo: [...(image?.undo ?? []), ...finishing.undo, ...pools.flatMap(({ undo }) => undo)]
  }
}

/** Undefined where no pool is rolled out. What only lets go of a pool proves nothing, and holds nothing back. */
function proofOf(making: readonly Step[], pools: readonly PoolPlan[], isStopped: boolean): Proof | undefined {
  if (pools.length === 0) return undefined
  const last = (steps: readonly Step[]): string[] =>
    idsOf([...making, ...steps].filter(({ housekeeping }) => housekeeping !== true).slice(-1))
  return {
    poolIds: pools.map(({ pool }) => pool.poolId),
    after: [...new Set(pools.flatMap(({ steps }) => last(steps)))],
    proves: pools.some(({ proves }) => proves),
    ...(isStopped ? { stops: { isProved: pools.some(({ pool }) => pool.decision === 'prove') } } : {})
  }
}

/** Of a run that makes none. */
function givenImage({ pool, observed }: Situation): PlannedImage | undefined {
  if (pool === undefined) return undefined
  const { imageId } = pool
  const [, gallery, definition, version] =
    /galleries\/([^/]+)\/images\/([^/]+)\/versions\/([^/]+)$/i.exec(imageId) ?? []
  const names =
    observed.latestProved === undefined
      ? `${pool.spec.imageFrom ?? 'image-id'} names it`
      : 'the newest version that nodes have proved'
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
