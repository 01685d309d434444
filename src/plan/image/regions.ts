/** Where an image version goes, and when. */
import { sameRegion, regionName } from '../../model/region.ts'
import type { TargetRegion } from '../../model/spec.ts'

export type Regions = {
  /** Published with the version. */
  first: Required<TargetRegion>[]
  /** Added once it is proved. */
  later: Required<TargetRegion>[]
  /** Those that the run waits for. */
  awaited: string[]
}

export type RegionQuestion = {
  asked: readonly TargetRegion[]
  source: string
  /** Of the Batch accounts, with the nodes of their pools, for the number of replicas; none where no pool is rolled out. */
  accounts: readonly RegionNodes[]
  replicationMode: 'Full' | 'Shallow'
}

/** Nodes of all pools of a region. */
export type RegionNodes = { region: string; nodes: number }

/** One replica for each 300 nodes begun ("Use the Azure Compute Gallery to create a custom image pool"). */
export function replicasFor(nodes: number): number {
  return Math.max(1, Math.ceil(nodes / 300))
}

/**
 * The source's region must be among them (Azure Compute Gallery), the account's is what Batch needs; the others can wait
 * until the image is proved. A shallow version can gain no region later, so all come first.
 */
export function planRegions({ asked, source, accounts, replicationMode }: RegionQuestion): Regions {
  const replicasIn = (region: string): number =>
    replicasFor(accounts.find(one => sameRegion(region, one.region))?.nodes ?? 0)
  const all = new Map<string, Required<TargetRegion>>()
  for (const { region, replicas } of [
    ...asked,
    { region: source },
    ...accounts.map(({ region }) => ({ region }))
  ] as TargetRegion[]) {
    const name = regionName(region)
    if (!all.has(name)) all.set(name, { region: name, replicas: replicas ?? replicasIn(name) })
  }
  const regions = [...all.values()]
  const needed = (region: string): boolean =>
    accounts.length === 0 || [source, ...accounts.map(one => one.region)].some(one => sameRegion(region, one))
  const atOnce = replicationMode === 'Shallow' ? regions : regions.filter(({ region }) => needed(region))
  return {
    first: atOnce,
    later: regions.filter(region => !atOnce.includes(region)),
    awaited:
      accounts.length === 0 ? atOnce.map(({ region }) => region) : accounts.map(({ region }) => regionName(region))
  }
}
