/** Where the image goes, and what is there already. */
import { nameOf, namesOf, resourceGroupOf, sameId, subscriptionOf } from '../../model/arm-id.ts'
import { sameRegion } from '../../model/region.ts'
import { imageDisks } from '../source/index.ts'
import { describePlan, planOf, shapeOf } from '../image/image-body.ts'
import { securityTypeOf } from '../image/security.ts'
import { replicasFor } from '../image/regions.ts'
import { isFrom, TAG } from '../../rules/run-tags.ts'
import { isUsable } from '../../rules/versions.ts'
import type { GalleryImage, Source } from '../../model/observed.ts'
import type { ImageDisk } from '../image/image-body.ts'
import { givenImageId, type Situation } from '../situation.ts'
import { error, note, PAGE, warning, type Rule, type Verdict } from './rule.ts'

function galleryTarget({ spec }: Situation) {
  return spec.image?.publishTo.kind === 'gallery' ? spec.image.publishTo : undefined
}

export const IMAGE_RULES: readonly Rule[] = [
  {
    id: 'gallery-exists',
    source: PAGE.gallery,
    check: situation => {
      const target = galleryTarget(situation)
      if (target === undefined || situation.observed.gallery?.exists !== false) return undefined
      const [gallery = ''] = namesOf(target.galleryImageId)
      return error(
        `publish-to: gallery "${gallery}" does not exist in resource group "${resourceGroupOf(target.galleryImageId)}", or the caller may not see it`,
        `create it (az sig create --resource-group ${resourceGroupOf(target.galleryImageId)} --gallery-name ${gallery}); definitions and versions in it are made by this action`
      )
    }
  },
  {
    id: 'definition-matches',
    source: PAGE.gallery,
    check: situation => {
      const { source, galleryImage } = situation.observed
      if (galleryTarget(situation) === undefined || situation.imageExists) return undefined
      if (source === undefined || galleryImage === undefined) return undefined
      const plan = planOf(source)
      const { hyperVGeneration } = shapeOf(source)
      const rows: [string, string, string][] = [
        ['osType', galleryImage.osType, source.osType],
        ['osState', galleryImage.osState, 'Generalized'],
        ['hyperVGeneration', galleryImage.hyperVGeneration, hyperVGeneration],
        // A disk that doesn't say is no reason to doubt the definition.
        ['architecture', galleryImage.architecture, source.osDisk.disk?.architecture ?? galleryImage.architecture],
        ...(isSupporting(galleryImage) ? [] : [securityRow(galleryImage, source)]),
        // What descends from an image with a plan must say so, in just these words.
        ...(plan === undefined ? [] : [planRow(galleryImage, plan)])
      ]
      const wrong = rows.filter(([, has, needs]) => has.toLowerCase() !== needs.toLowerCase())
      return wrong.length === 0
        ? undefined
        : error(
            `publish-to: definition "${nameOf(galleryImage.galleryImageId)}" has ${wrong.map(([name, has, needs]) => `${name} ${has} where the source has ${needs}`).join(', ')}; a definition can’t change these`,
            'publish to another definition; a missing one is made with the source’s properties'
          )
    }
  },
  {
    id: 'definition-supports',
    source:
      'the service’s own words against snapshots as a source: microsoft/STL#4682 (2024); for them: hashicorp/packer-plugin-azure#528 (2025)',
    check: situation => {
      const { source, galleryImage } = situation.observed
      if (galleryTarget(situation) === undefined || situation.imageExists || source === undefined) return undefined
      return galleryImage !== undefined && isSupporting(galleryImage)
        ? warning(
            `publish-to: definition "${nameOf(galleryImage.galleryImageId)}" is ${galleryImage.features.SecurityType}; it may not take snapshots, of which this action makes a version`,
            `if Azure refuses the version, publish to another definition; a missing one is made as ${securityTypeOf(source)}`
          )
        : undefined
    }
  },
  {
    id: 'version-taken',
    source: PAGE.imageVersion,
    check: situation => {
      const target = galleryTarget(situation)
      const there = situation.observed.versions.find(
        ({ versionId }) => nameOf(versionId) === situation.version?.version
      )
      if (target === undefined || there === undefined || there.tags[TAG.key] === situation.key) return undefined
      return error(
        `image-version: "${nameOf(there.versionId)}" of "${nameOf(target.galleryImageId)}" exists and was not made from these inputs`,
        'name another version, or image-version: auto'
      )
    }
  },
  {
    id: 'version-deleting',
    source: PAGE.imageVersion,
    check: ({ observed, version }) => {
      const there = observed.versions.find(({ versionId }) => nameOf(versionId) === version?.version)
      return there?.provisioningState === 'Deleting'
        ? error(
            `image-version: "${nameOf(there.versionId)}" is being deleted`,
            'wait until it is gone, or name another version'
          )
        : undefined
    }
  },
  {
    id: 'managed-image-taken',
    source: PAGE.managedImagePools,
    check: ({ spec, observed, key }) => {
      const image = observed.managedImage
      if (spec.image?.publishTo.kind !== 'managed' || image === undefined || image.tags[TAG.key] === key)
        return undefined
      return error(
        `publish-to: managed image "${nameOf(image.imageId)}" exists and was not made from these inputs; Azure would replace it without a word`,
        'publish under another name'
      )
    }
  },
  {
    id: 'managed-image-pool-region',
    source: PAGE.managedImagePools,
    check: ({ spec, observed }) => {
      if (spec.image?.publishTo.kind !== 'managed' || observed.source === undefined) return undefined
      const { account, source } = observed
      return account === undefined || sameRegion(account.location, source.location)
        ? undefined
        : error(
            `publish-to: a managed image is made in its source’s region "${source.location}", and a pool in "${account.location}" can’t use it`,
            'publish to a gallery, which replicates to the account’s region'
          )
    }
  },
  {
    id: 'snapshot-taken',
    source: 'tags of the snapshot',
    check: situation =>
      situation.imageExists ? undefined : imageDisks(situation).flatMap(disk => inTheWay(situation, disk))
  },
  {
    id: 'replicas',
    source: PAGE.galleryPools,
    check: situation => {
      const target = galleryTarget(situation)
      const { account } = situation.observed
      const nodes = situation.pool?.nodes ?? 0
      if (target === undefined || account === undefined) return undefined
      const asked = target.targetRegions.find(({ region }) => sameRegion(region, account.location))
      const replicas = asked?.replicas ?? replicasFor(nodes)
      if (replicas < replicasFor(nodes)) {
        return warning(
          `target-regions: ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} in "${account.location}" for ${nodes} nodes; Batch’s rule is one for each 300`,
          `ask for ${account.location}=${replicasFor(nodes)}, or leave the number out`
        )
      }
      const waveSize = situation.pool?.spec.waveSize ?? 'all'
      const wave = waveSize === 'all' ? nodes : Math.min(nodes, waveSize)
      return wave > replicas * 50
        ? note(
            `target-regions: waves of ${wave} nodes with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}: the gallery’s own rule is one for each 50 VMs created at once, Batch’s is one for each 300`,
            'if nodes come slowly, ask for more replicas in target-regions, or for a smaller wave-size'
          )
        : undefined
    }
  },
  {
    id: 'account-region-added',
    source: PAGE.galleryPools,
    check: situation => {
      const target = galleryTarget(situation)
      const { account } = situation.observed
      if (target === undefined || account === undefined || target.targetRegions.length === 0) return undefined
      return target.targetRegions.some(({ region }) => sameRegion(region, account.location))
        ? undefined
        : note(
            `target-regions: leaves out "${account.location}", where the pool is; it is added`,
            'name it to choose its replicas'
          )
    }
  },
  {
    id: 'shallow-region',
    source: PAGE.gallery,
    check: ({ observed: { versions, account }, version }) => {
      const there = versions.find(({ versionId }) => nameOf(versionId) === version?.version)
      if (there?.replicationMode !== 'Shallow' || account === undefined) return undefined
      return there.targetRegions.some(({ region }) => sameRegion(region, account.location))
        ? undefined
        : error(
            `image-version: "${nameOf(there.versionId)}" is Shallow and not in "${account.location}", where the pool is; a shallow version gains no region later`,
            'make another version (image-version): it gets all its regions from the start'
          )
    }
  },
  {
    id: 'source-region-added',
    source: PAGE.imageVersion,
    check: situation => {
      const target = galleryTarget(situation)
      const { source, account } = situation.observed
      if (target === undefined || source === undefined || target.targetRegions.length === 0) return undefined
      const there = target.targetRegions.some(({ region }) => sameRegion(region, source.location))
      return there || (account !== undefined && sameRegion(account.location, source.location))
        ? undefined
        : note(
            `target-regions: leaves out the source’s region "${source.location}", which a version must have; it is added`,
            'name it to choose its replicas'
          )
    }
  },
  {
    id: 'rollout-image',
    source: PAGE.galleryPools,
    check: ({ spec, observed }) => {
      const imageId = givenImageId(spec, observed)
      if (spec.image !== undefined || imageId === undefined) return undefined
      const { imageFrom = 'image-id' } = spec.rollout
      const missing = observed.rolloutVersion === undefined && observed.managedImage === undefined
      if (missing)
        return error(
          `${imageFrom}: image "${imageId}" does not exist, or the caller may not see it`,
          'correct the id, or give the caller a role on the image'
        )
      return observed.rolloutDefinition?.osState === 'Specialized'
        ? error(
            `${imageFrom}: image "${imageId}" is of a specialized definition; Batch takes generalized images only`,
            'roll out a version of a generalized definition'
          )
        : undefined
    }
  },
  {
    id: 'rollout-image-ready',
    source: PAGE.galleryPools,
    check: ({ spec, observed }) => {
      const { rolloutVersion: version, account } = observed
      if (version === undefined || account === undefined) return undefined
      const from = spec.rollout?.imageFrom ?? 'image-id'
      if (!version.targetRegions.some(({ region }) => sameRegion(region, account.location))) {
        return error(
          `${from}: image version "${nameOf(version.versionId)}" has no replica in "${account.location}", where the pool is`,
          'add that region to the version (target-regions of the run that makes it), and wait until it is replicated'
        )
      }
      const state = version.replication?.regions.find(({ region }) => sameRegion(region, account.location))?.state
      return state === undefined || state === 'Completed'
        ? undefined
        : error(
            `${from}: the replica of "${nameOf(version.versionId)}" in "${account.location}" is ${state}`,
            state === 'Failed'
              ? 'run what made the version again, with the same inputs and this region among target-regions: it takes the region off and adds it again, as Azure advises'
              : 'wait until it is Completed, then run again'
          )
    }
  },
  {
    id: 'image-subscription',
    source: PAGE.galleryPools,
    check: ({ pool }) =>
      pool === undefined || subscriptionOf(pool.imageId).toLowerCase() === subscriptionOf(pool.poolId).toLowerCase()
        ? undefined
        : note(
            `image: it is in subscription "${subscriptionOf(pool.imageId)}", and the Batch account in "${subscriptionOf(pool.poolId)}"`,
            'register Microsoft.Batch in the image’s subscription (az provider register --namespace Microsoft.Batch); both must be in one tenant'
          )
  }
]

/** `TrustedLaunchSupported` and its like: for images without guest state, of which several kinds of nodes are made. */
const isSupporting = ({ features }: GalleryImage): boolean => /Supported$/i.test(features.SecurityType ?? '')

function securityRow({ features }: GalleryImage, source: Source): [string, string, string] {
  return ['SecurityType', features.SecurityType ?? 'Standard', securityTypeOf(source)]
}

function planRow({ purchasePlan }: GalleryImage, plan: NonNullable<Source['plan']>): [string, string, string] {
  return ['purchasePlan', purchasePlan === undefined ? 'none' : describePlan(purchasePlan), describePlan(plan)]
}

/** A snapshot of the name that this run would give, which it may not use. */
function inTheWay({ spec, observed, context, key = '' }: Situation, disk: ImageDisk): Verdict[] {
  const there = observed.snapshots.find(({ snapshotId }) => sameId(snapshotId, disk.snapshotId))
  if (there === undefined || spec.image === undefined) return []
  const wayOut = 'delete it, or name another image-version'
  const name = nameOf(disk.snapshotId)
  const ofDisk = there.sourceResourceId === undefined || sameId(there.sourceResourceId, disk.diskId)
  if (!ofDisk || !isFrom(there.tags, spec.image.source.id)) {
    const source = there.sourceResourceId ?? 'an unknown source'
    return [error(`snapshot "${name}" exists, and was not made for this image: it is of "${source}"`, wayOut)]
  }
  return isUsable(there, { key, context, at: observed.at })
    ? []
    : [
        error(
          `snapshot "${name}" exists, and is of ${there.timeCreated ?? 'an unknown time'}: too old to publish as new`,
          wayOut
        )
      ]
}
