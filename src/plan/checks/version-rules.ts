/** What becomes of a version that is there, or is about to be: its place among the others, its regions, its replicas. */
import { nameOf, sameId } from '../../model/arm-id.ts'
import type { GalleryImageVersion } from '../../model/observed.ts'
import { sameRegion } from '../../model/region.ts'
import { failureIn, isHome } from '../image/region-changes.ts'
import { replicasFor } from '../image/regions.ts'
import type { Situation } from '../situation.ts'
import { compareVersions } from '../../rules/versions.ts'
import { error, note, PAGE, warning, type Rule, type Verdict } from './rule.ts'

/** Azure's message itself: "please do an update by removing the failed regions and update again by adding them back". */
const FAILED_REGIONS = 'github.com/Azure/azure-cli/issues/15539'

/** The version that is published to, where it is there and goes on as it is. */
function versionThere({ observed, version, imageExists }: Situation): GalleryImageVersion | undefined {
  return imageExists ? observed.versions.find(({ versionId }) => nameOf(versionId) === version?.version) : undefined
}

export const VERSION_RULES: readonly Rule[] = [
  {
    id: 'promotion-without-effect',
    source: PAGE.imageVersion,
    check: ({ spec, observed, version }) => {
      const target = spec.image?.publishTo
      if (target?.kind !== 'gallery' || version === undefined) return undefined
      if (spec.rollout?.stopAfter !== undefined) return undefined
      const becomesShown = target.promote === 'now' || (target.promote === 'when-proved' && spec.rollout !== undefined)
      const greater = observed.versions
        .filter(({ excludeFromLatest }) => !excludeFromLatest)
        .map(({ versionId }) => nameOf(versionId))
        .filter(name => compareVersions(name, version.version) > 0)
        .toSorted((a, b) => compareVersions(b, a))[0]
      return becomesShown && greater !== undefined
        ? warning(
            `image-version: "${version.version}" will be promoted, and "latest" stays "${greater}": Azure takes the greatest number that isn’t hidden`,
            `name a version above "${greater}"; or hide that one (excludeFromLatest), or delete it, if it shouldn’t be the latest`
          )
        : undefined
    }
  },
  {
    id: 'region-failed',
    source: FAILED_REGIONS,
    check: situation => {
      const there = versionThere(situation)
      return there?.targetRegions.flatMap(({ region }) => ofFailed(situation, there, region))
    }
  },
  {
    id: 'replicas-kept',
    source: PAGE.gallery,
    check: situation => {
      const there = versionThere(situation)
      const target = situation.spec.image?.publishTo
      if (there === undefined || target?.kind !== 'gallery') return undefined
      return target.targetRegions.flatMap(({ region, replicas }) => ofReplicas(there, region, replicas))
    }
  },
  {
    id: 'rollout-replicas',
    source: PAGE.galleryPools,
    check: ({ observed: { rolloutVersion: version, account }, pool }) => {
      const replicas = version?.targetRegions.find(({ region }) =>
        sameRegion(region, account?.location ?? '')
      )?.replicas
      if (version === undefined || account === undefined || replicas === undefined || pool === undefined)
        return undefined
      return sameId(version.versionId, pool.imageId) && replicas < replicasFor(pool.nodes)
        ? warning(
            `image-id: "${nameOf(version.versionId)}" has ${counted(replicas)} in "${account.location}" for ${pool.nodes} nodes; Batch’s rule is one for each 300`,
            `let the run that makes it ask for more (target-regions: ${account.location}=${replicasFor(pool.nodes)}), or raise them yourself (az sig image-version update)`
          )
        : undefined
    }
  }
]

/** Only what this run can’t fix stops it, and only where its pool needs it. */
function ofFailed(situation: Situation, there: GalleryImageVersion, region: string): Verdict[] {
  const failed = failureIn(there, region)
  if (failed === undefined) return []
  const name = nameOf(there.versionId)
  const why = failed.details === undefined ? '' : `: ${failed.details}`
  const message = `image-version: the replication of "${name}" to "${region}" has failed${why}`
  const isNeeded = situation.pool !== undefined && sameRegion(region, situation.observed.account?.location ?? '')
  if (there.replicationMode === 'Shallow' || isHome(there, region)) {
    const because =
      there.replicationMode === 'Shallow' ? 'a shallow version gains no region' : 'a version keeps its own region'
    const says = isNeeded ? error : warning
    return [
      says(`${message}; it can’t be taken off and added again: ${because}`, 'publish another version (image-version)')
    ]
  }
  const isAsked = asksFor(situation, region)
  return [
    isAsked
      ? note(`${message}; it is taken off and added again`, 'nothing: Azure advises this')
      : warning(
          `${message}, and target-regions doesn’t ask for it`,
          'take it off the version, or ask for it: then it is fixed'
        )
  ]
}

function asksFor({ spec, observed: { source, account } }: Situation, region: string): boolean {
  const asked = spec.image?.publishTo.kind === 'gallery' ? spec.image.publishTo.targetRegions : []
  return [...asked.map(one => one.region), source?.location ?? '', account?.location ?? ''].some(one =>
    sameRegion(one, region)
  )
}

const counted = (replicas: number): string => `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`

function ofReplicas(there: GalleryImageVersion, region: string, asked: number | undefined): Verdict[] {
  const present = there.targetRegions.find(one => sameRegion(one.region, region))
  const name = nameOf(there.versionId)
  const isShallow = there.replicationMode === 'Shallow'
  if (present === undefined) {
    return isShallow
      ? [
          warning(
            `target-regions: "${name}" is Shallow and not in "${region}"; a shallow version gains no region later`,
            'publish another version (image-version): it gets all its regions from the start'
          )
        ]
      : []
  }
  if (asked === undefined || asked === present.replicas) return []
  if (asked < present.replicas) {
    return [
      note(
        `target-regions: "${name}" has ${counted(present.replicas)} in "${region}", more than the ${asked} asked for; they stay`,
        'make them fewer yourself (az sig image-version update) when no pool counts on them'
      )
    ]
  }
  return isShallow
    ? [
        warning(
          `target-regions: "${name}" is Shallow and has ${counted(present.replicas)} in "${region}"; it gains none later`,
          `publish another version (image-version): it gets ${asked} from the start`
        )
      ]
    : []
}
