/** What is to be done about the regions of a version that is there. */
import type { GalleryImageVersion, Replication } from '../../model/observed.ts'
import type { RegionReplicas } from '../../model/plan.ts'
import { sameRegion } from '../../model/region.ts'

export type RegionChange = {
  /** Whose replication failed: taken off, then added again. */
  takeOff: string[]
  /** To be added, those that are taken off among them, or to get more replicas. */
  regions: RegionReplicas[]
  /** Of them, those that are there with fewer. */
  raised: string[]
}

const NO_REGION_CHANGE: RegionChange = { takeOff: [], regions: [], raised: [] }

/**
 * A shallow version gains neither regions nor replicas. Replicas are never made fewer: a pool may count on them. A failed
 * region is fixed as Azure's own message advises: by removing it and adding it back (Azure/azure-cli#15539).
 */
export function regionChange(there: GalleryImageVersion, wanted: readonly RegionReplicas[]): RegionChange {
  if (there.replicationMode === 'Shallow') return NO_REGION_CHANGE
  const present = (region: string): RegionReplicas | undefined =>
    there.targetRegions.find(one => sameRegion(one.region, region))
  const takeOff = wanted
    .map(({ region }) => region)
    .filter(region => failureIn(there, region) && !isHome(there, region))
  const raised = wanted
    .filter(({ region, replicas }) => replicas > (present(region)?.replicas ?? Infinity))
    .map(({ region }) => region)
  const regions = wanted
    .filter(({ region }) => present(region) === undefined || takeOff.includes(region) || raised.includes(region))
    .map(({ region, replicas }) => ({ region, replicas: Math.max(replicas, present(region)?.replicas ?? 0) }))
  return { takeOff, regions, raised }
}

/** The row of a region that the version is meant for, and that its replication has failed to. */
export function failureIn(
  { targetRegions, replication }: GalleryImageVersion,
  region: string
): Replication['regions'][number] | undefined {
  const isMeant = targetRegions.some(one => sameRegion(one.region, region))
  return isMeant
    ? replication?.regions.find(row => row.state === 'Failed' && sameRegion(row.region, region))
    : undefined
}

/** A version must keep the region that it is in. */
export function isHome({ location }: GalleryImageVersion, region: string): boolean {
  return sameRegion(location, region)
}

/** `add westus3`, `take northeurope off and add it again`, `raise eastus2 to 3 replicas`. */
export function describeChange({ takeOff, regions, raised }: RegionChange): string {
  const names = (rows: readonly RegionReplicas[]): string => rows.map(({ region }) => region).join(', ')
  const added = regions.filter(({ region }) => !takeOff.includes(region) && !raised.includes(region))
  const more = regions.filter(({ region }) => !takeOff.includes(region) && raised.includes(region))
  return [
    ...(takeOff.length === 0
      ? []
      : [`take ${takeOff.join(', ')} off and add ${takeOff.length === 1 ? 'it' : 'them'} again`]),
    ...(added.length === 0 ? [] : [`add ${names(added)}`]),
    ...more.map(({ region, replicas }) => `raise ${region} to ${replicas} replicas`)
  ].join(', ')
}
