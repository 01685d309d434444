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
  /** Of the Batch account; undefined where no pool is rolled out. */
  account?: string
  /** Nodes of the pool, for the number of replicas. */
  nodes: number
  replicationMode: 'Full' | 'Shallow'
}

/** One replica for each 300 nodes begun ("Use the Azure Compute Gallery to create a custom image pool"). */
export function replicasFor(nodes: number): number {
  return Math.max(1, Math.ceil(nodes / 300))
}

/**
 * The source's region must be among them (Azure Compute Gallery), the account's is what Batch needs; the others can wait
 * until the image is proved. A shallow version can gain no region later, so all come first.
 */
export function planRegions({ asked, source, account, nodes, replicationMode }: RegionQuestion): Regions {
  const replicasIn = (region: string): number =>
    account !== undefined && sameRegion(region, account) ? replicasFor(nodes) : 1
  const all = new Map<string, Required<TargetRegion>>()
  for (const { region, replicas } of [
    ...asked,
    { region: source },
    ...(account === undefined ? [] : [{ region: account }])
  ] as TargetRegion[]) {
    const name = regionName(region)
    if (!all.has(name)) all.set(name, { region: name, replicas: replicas ?? replicasIn(name) })
  }
  const regions = [...all.values()]
  const needed = (region: string): boolean =>
    sameRegion(region, source) || account === undefined || sameRegion(region, account)
  const atOnce = replicationMode === 'Shallow' ? regions : regions.filter(({ region }) => needed(region))
  return {
    first: atOnce,
    later: regions.filter(region => !atOnce.includes(region)),
    awaited: account === undefined ? atOnce.map(({ region }) => region) : [regionName(account)]
  }
}
