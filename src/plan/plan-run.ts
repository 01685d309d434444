/** Spec and observation in, plan out. Pure: the same two give the same plan. */
import { nameOf, sameId } from '../model/arm-id.ts'
import type { Observed } from '../model/observed.ts'
import type { Finding, Plan, PlannedImage, Step } from '../model/plan.ts'
import { idsOf } from '../model/step.ts'
import { specsOf, type RunContext, type RunSpec } from '../model/spec.ts'
import { checkAll } from './checks/index.ts'
import { factsOf } from './facts.ts'
import { planImage } from './image/image.ts'
import type { Proof } from './image/image-build.ts'
import { provingSteps } from './image/prove-version.ts'
import type { PoolPlan } from './pool/pool.ts'
import { planPools } from './pool/pools.ts'
import { ofAllPools, situationOf, type Situation } from './situation.ts'

/** @param observed as the run has seen them: once for each pool of `run`; where there is none, once */
export function planRun(run: RunSpec, observed: readonly Observed[], context: RunContext): Plan {
  const [first, ...others] = specsOf(run).map((spec, index) => situationOf(spec, seenAt(observed, index), context))
  if (first === undefined) throw new Error('internal error: a plan of nothing')
  const situations: Situations = [first, ...others]
  const findings = [...findingsOf(situations), ...oneImage(situations)]
  const stopAfter = stopAfterOf(situations)
  const plan: Plan = {
    format: 2,
    command: run.command,
    dryRun: run.dryRun,
    ...(stopAfter === undefined ? {} : { stopAfter }),
    found: unique(situations.flatMap(factsOf), ({ label, value }) => `${label} ${value}`),
    findings,
    pools: [],
    steps: [],
    undo: []
  }
  // Where the source or the account is missing there is nothing to plan from; the findings say so.
  if (findings.some(isBlind)) return plan
  return stopped(withSteps(plan, situations, run.maxParallel))
}

type Situations = readonly [Situation, ...Situation[]]

/** An input of the whole run: all pools have the same. */
const stopAfterOf = ([{ spec }]: Situations): Plan['stopAfter'] => spec.rollout?.stopAfter

function seenAt(observed: readonly Observed[], index: number): Observed {
  const seen = observed[index]
  if (seen === undefined) throw new Error('internal error: a pool was not looked at')
  return seen
}

/** What is said of all pools alike is said once, and of which pool the rest is. */
function findingsOf(situations: Situations): Finding[] {
  const all = situations.map(checkAll)
  if (all.length === 1) return all[0] ?? []
  const keyOf = ({ rule, message }: Finding): string => `${rule} ${message}`
  const isShared = (finding: Finding): boolean => all.every(some => some.some(one => keyOf(one) === keyOf(finding)))
  const named = all.flatMap((findings, index) => {
    const name = situations[index]?.spec.rollout?.poolName ?? ''
    return findings.map(finding => {
      const says = isShared(finding) || finding.message.includes(`"${name}"`)
      return says ? finding : { ...finding, message: `${finding.message} (pool "${name}")` }
    })
  })
  return unique(named, keyOf)
}

/** A run makes, or rolls out, one image. */
function oneImage(situations: Situations): Finding[] {
  const images = situations.flatMap(({ pool }) =>
    pool === undefined ? [] : [{ id: pool.imageId, name: pool.spec.poolName }]
  )
  const [first] = images
  const other = images.find(({ id }) => first !== undefined && !sameId(id, first.id))
  if (first === undefined || other === undefined) return []
  return [
    {
      rule: 'one-image',
      severity: 'error',
      message: `pools "${first.name}" and "${other.name}" are to get different images: "${first.id}", "${other.id}"`,
      wayOut: 'give each image a run of its own',
      source: 'one run rolls out one image'
    }
  ]
}

const unique = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(items.map(item => [keyOf(item), item])).values()
]

/** Of a pool that goes away nothing is to be changed: what it would need is of no interest. */
const BLIND: ReadonlySet<string> = new Set([
  'source-exists',
  'account-exists',
  'pool-exists',
  'pool-deleting',
  'latest-proved'
])
const isBlind = ({ rule, severity }: Finding): boolean => severity === 'error' && BLIND.has(rule)

function withSteps(plan: Plan, situations: Situations, maxParallel: number): Plan {
  const situation = ofAllPools(situations)
  const { spec } = situation
  const image = spec.image === undefined ? undefined : planImage(situation)
  const making = image?.steps ?? []
  const pools = planPools(situations, idsOf(making.slice(-1)), maxParallel)
  const proof = proofOf(making, pools, stopAfterOf(situations) !== undefined)
  const first = pools.flatMap(({ steps }) => idsOf(steps.slice(0, 1)))[0]
  const finishing =
    image === undefined
      ? provingSteps(spec, situation.observed.rolloutVersion, { proof, first })
      : image.finishing(proof)
  const planned = image?.image ?? givenImage(situation)
  const rollbacks = pools.flatMap(({ rollback }) => rollback ?? [])
  return {
    ...plan,
    found: [...plan.found, ...(image?.facts ?? [])],
    findings: [...plan.findings, ...pools.flatMap(({ findings }) => findings)],
    ...(planned === undefined ? {} : { image: planned }),
    pools: pools.map(({ pool }) => pool),
    steps: [...making, ...pools.flatMap(({ steps }) => steps), ...finishing.steps],
    undo: [...(image?.undo ?? []), ...finishing.undo, ...pools.flatMap(({ undo }) => undo)],
    ...(rollbacks.length === 0 ? {} : { rollbacks })
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
function stopped({ rollbacks, ...plan }: Plan): Plan {
  const isStopped = plan.findings.some(({ severity }) => severity === 'error')
  return isStopped ? { ...plan, steps: [], undo: [] } : { ...plan, ...(rollbacks && { rollbacks }) }
}
