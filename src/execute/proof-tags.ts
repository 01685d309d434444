/** What the nodes of a run have shown of its image version, as the tags that say so. */
import { nameOf, sameId, type PoolId } from '../model/arm-id.ts'
import type { GalleryImageVersion, Node } from '../model/observed.ts'
import { failedValue, provedValue, type PoolNodes } from '../rules/image-proof.ts'
import { isOlderThan } from '../rules/node-health.ts'
import { TAG } from '../rules/run-tags.ts'
import { poolKnown, type Execution, type KnownPool } from './context.ts'
import { isImageUnmade } from './take-stock.ts'

/** None where no healthy node of the pools runs it, and where it says so already: what it has stays. */
export function proofTags(
  run: Execution,
  provedBy: readonly PoolId[],
  version: GalleryImageVersion
): Record<string, string> {
  if (version.tags[TAG.proved] !== undefined) return {}
  const pools = provedBy.map(poolId => {
    const known = poolKnown(run, { poolId })
    const healthy = isImageUnmade(known) ? [] : (known.healthyNodes ?? [])
    return nodesOf(
      poolId,
      known,
      healthy.filter(node => runs(node, version))
    )
  })
  const value = provedValue(run.azureNow(), pools)
  return value === undefined ? {} : { [TAG.proved]: value }
}

/** Which run it was, and what became of the nodes of these pools, as last seen. */
export function failureTags(run: Execution, failedOn: readonly PoolId[]): Record<string, string> {
  const pools = failedOn.map(poolId => {
    const known = poolKnown(run, { poolId })
    return nodesOf(poolId, known, known.nodes ?? [])
  })
  return { [TAG.failed]: failedValue(run.context, run.azureNow(), pools) }
}

function nodesOf(poolId: PoolId, { pool }: KnownPool, nodes: readonly Node[]): PoolNodes {
  return { poolName: nameOf(poolId), vmSize: pool?.vmSize, nodes }
}

/** Nodes that were there before the version was made run something else, and so do those that name another. */
function runs(node: Node, version: GalleryImageVersion): boolean {
  const isOther = node.imageId !== undefined && !sameId(node.imageId, version.versionId)
  return !isOther && !isOlderThan(node, version)
}
