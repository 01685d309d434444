/** Spec and observation with what both planning and checks derive from them, derived once. */
import type { GalleryImageVersionId, ImageId } from '../model/arm-id.ts'
import { childId, isArmIdOf, nameOf } from '../model/arm-id.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { GalleryImageVersion, ManagedImage, Observed, Scale } from '../model/observed.ts'
import type { NodeTargets, PoolAddress } from '../model/plan.ts'
import { regionName, sameRegion } from '../model/region.ts'
import type { RolloutImageId, RolloutSpec, RunContext, Spec } from '../model/spec.ts'
import { imageKey, TAG } from '../rules/run-tags.ts'
import { scaleToRestore } from '../rules/pool-metadata.ts'
import { chooseVersion, type VersionChoice } from '../rules/versions.ts'
import type { RegionNodes } from './image/regions.ts'
import { chooseNodeAgent, type NodeAgentChoice } from './node-agent.ts'
import { targetsOf, totalOf } from '../rules/node-targets.ts'
import { scaleIn } from '../rules/scale-body.ts'

export type Situation = {
  spec: Spec
  observed: Observed
  context: RunContext
  /** Of the inputs that decide the image; undefined for `rollout`. */
  key?: string
  /** Undefined for managed images and for `rollout`. */
  version?: VersionChoice
  /** The image is there, or on its way: nothing is taken from the source any more. */
  imageExists: boolean
  /** Regions where the image is to be: of the accounts of all pools that get it, each once. */
  accounts: RegionNodes[]
  /** Undefined for `image`, where the pool that is to be taken as it is isn't there, and where no version is the latest proved. */
  pool?: WantedPool
}

/** The pool as it shall be. */
export type WantedPool = PoolAddress & {
  spec: RolloutSpec
  imageId: GalleryImageVersionId | ImageId
  managed: boolean
  scale: WantedScale
  /** Nodes to reckon with: the goal's, else what the pool has now. */
  nodes: number
  nodeAgent: NodeAgentChoice
  /**
   * `properties` as the user wrote them, save scale and metadata, with image reference and node agent filled in: all that is
   * compared, and so all that is changed. Those two alone where the pool is taken as it is.
   */
  properties: JsonObject
}

type WantedScale =
  | { kind: 'fixed'; goal: NodeTargets; from: 'spec' | 'pool' }
  | { kind: 'auto'; formula: string; evaluationInterval?: string; from: 'spec' | 'pool' }
  /** Neither the spec nor a pool says: Batch makes a pool of no nodes. */
  | { kind: 'none' }

export function situationOf(spec: Spec, observed: Observed, context: RunContext): Situation {
  const base: Situation = { spec, observed, context, imageExists: false, accounts: [] }
  if (spec.image !== undefined) {
    base.key = imageKey(spec.image)
    if (spec.image.publishTo.kind === 'gallery') {
      const { versions, snapshots, at } = observed
      base.version = chooseVersion({
        asked: spec.image.publishTo.version,
        key: base.key,
        at,
        versions,
        snapshots,
        context,
        goesOn: spec.rollout !== undefined && spec.rollout.stopAfter === undefined
      })
    }
  }
  base.imageExists = imageIsThere(base)
  if (spec.rollout !== undefined && !isMissing(spec.rollout, observed)) {
    const pool = wantedPool(base, spec.rollout)
    if (pool !== undefined) base.pool = pool
  }
  if (observed.account !== undefined) {
    base.accounts = [{ region: observed.account.location, nodes: base.pool?.nodes ?? 0 }]
  }
  return base
}

/** As the image sees it: made once, for all pools. */
export function ofAllPools(situations: readonly [Situation, ...Situation[]]): Situation {
  const byRegion = Map.groupBy(
    situations.flatMap(({ accounts }) => accounts),
    ({ region }) => regionName(region)
  )
  const accounts = [...byRegion].map(([region, rows]) => ({
    region: rows[0]?.region ?? region,
    nodes: rows.reduce((sum, { nodes }) => sum + nodes, 0)
  }))
  return { ...situations[0], accounts }
}

/** The image that `rollout` is given, by its id or as the latest that is proved. Undefined where there is none such. */
export function givenImageId({ rollout }: Spec, { latestProved }: Observed): RolloutImageId | undefined {
  return rollout?.latestProvedOf === undefined ? rollout?.imageId : latestProved?.versionId
}

/** Nobody says what a pool would be that exists, and doesn't. */
export const isMissing = ({ poolFrom }: RolloutSpec, { pool }: Observed): boolean =>
  poolFrom === 'pool' && pool === undefined

function imageIsThere({ spec, observed, version }: Situation): boolean {
  if (spec.image === undefined) return true
  const there =
    spec.image.publishTo.kind === 'managed'
      ? observed.managedImage
      : observed.versions.find(({ versionId }) => nameOf(versionId) === version?.version)
  // What a finished run made isn't made again, even where its last change failed: pools may run on it.
  if (there === undefined) return false
  return there.provisioningState !== 'Failed' || there.tags[TAG.state] === 'complete' || hasItsCopy(there)
}

/** A version that is in its own region is there, though another region of it has failed. */
function hasItsCopy(there: GalleryImageVersion | ManagedImage): boolean {
  const rows = 'replication' in there ? (there.replication?.regions ?? []) : []
  return rows.some(({ region, state }) => state === 'Completed' && sameRegion(region, there.location))
}

/** What each step on the pool carries. */
export function addressOf({ poolId, accountEndpoint, apiVersion }: WantedPool): PoolAddress {
  return { poolId, accountEndpoint, apiVersion }
}

function wantedPool(situation: Situation, rollout: RolloutSpec): WantedPool | undefined {
  const imageId = imageIdOf(situation)
  if (imageId === undefined) return undefined
  const managed = isArmIdOf(imageId, 'Microsoft.Compute/images')
  const scale = wantedScale(rollout, situation.observed)
  const nodeAgent = chooseNodeAgent(rollout, situation.observed)
  return {
    spec: rollout,
    poolId: childId(rollout.batchAccountId, 'pools', rollout.poolName),
    imageId,
    managed,
    accountEndpoint: situation.observed.account?.accountEndpoint ?? '',
    apiVersion: managed ? '2019-08-01' : '2025-06-01',
    scale,
    nodes: scale.kind === 'fixed' ? totalOf(scale.goal) : nodesNow(situation.observed),
    nodeAgent,
    properties: wantedProperties(rollout.pool.properties, imageId, nodeAgent.nodeAgentSkuId)
  }
}

function imageIdOf({ spec, observed, version }: Situation): RolloutImageId | undefined {
  if (spec.image === undefined) return givenImageId(spec, observed)
  const { publishTo } = spec.image
  if (publishTo.kind === 'managed') return publishTo.imageId
  return childId(publishTo.galleryImageId, 'versions', version?.version ?? publishTo.version)
}

/** What the spec says; else what the pool has, or had before an earlier run emptied it. */
function wantedScale({ pool }: RolloutSpec, observed: Observed): WantedScale {
  const asked = scaleIn(pool.properties.scaleSettings)
  if (asked !== undefined) return { ...scaleFrom(asked), from: 'spec' }
  if (observed.pool === undefined) return { kind: 'none' }
  return { ...scaleFrom(scaleToRestore(observed.pool) ?? observed.pool.scale), from: 'pool' }
}

/** A scale, by what is wanted of it. */
export const scaleFrom = (scale: Scale) =>
  scale.kind === 'auto' ? scale : ({ kind: 'fixed', goal: targetsOf(scale) } as const)

function nodesNow({ pool }: Observed): number {
  return pool === undefined ? 0 : pool.currentDedicatedNodes + pool.currentLowPriorityNodes
}

function wantedProperties(written: JsonObject, imageId: string, nodeAgentSkuId: string | undefined): JsonObject {
  const { scaleSettings: _scale, metadata: _metadata, ...properties } = written
  const deployment = isJsonObject(properties.deploymentConfiguration) ? properties.deploymentConfiguration : {}
  const vm = isJsonObject(deployment.virtualMachineConfiguration) ? deployment.virtualMachineConfiguration : {}
  const virtualMachineConfiguration = {
    ...vm,
    imageReference: { id: imageId },
    ...(nodeAgentSkuId === undefined ? {} : { nodeAgentSkuId })
  }
  return { ...properties, deploymentConfiguration: { ...deployment, virtualMachineConfiguration } }
}
