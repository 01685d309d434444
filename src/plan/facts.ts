/** What was found, for people, in the order of the chain. */
import { nameOf } from '../model/arm-id.ts'
import { bearingOf } from '../model/node-state.ts'
import type { Fact } from '../model/plan.ts'
import { describeBaseImage } from './node-agent.ts'
import { latestProvedFacts } from './latest-proved.ts'
import type { Situation } from './situation.ts'
import { sourceFacts } from './source/index.ts'
import { describeTargets, nodesOf } from '../rules/node-targets.ts'

export function factsOf(situation: Situation): Fact[] {
  return [...sourceFacts(situation), ...imageFacts(situation), ...latestProvedFacts(situation), ...poolFacts(situation)]
}

function imageFacts({ spec, observed, version }: Situation): Fact[] {
  if (spec.image === undefined) return []
  if (spec.image.publishTo.kind === 'managed')
    return [{ label: 'image', value: `managed image ${nameOf(spec.image.publishTo.imageId)}` }]
  const definition = nameOf(spec.image.publishTo.galleryImageId)
  const there =
    observed.galleryImage === undefined
      ? 'to be made'
      : `${observed.versions.length} ${observed.versions.length === 1 ? 'version' : 'versions'}`
  return [
    { label: 'definition', value: `${definition} (${there})` },
    { label: 'version', value: `${version?.version} (${version?.reason})` }
  ]
}

function poolFacts({ observed: { account, pool, nodes }, pool: wanted }: Situation): Fact[] {
  if (wanted === undefined) return []
  const { nodeAgent, spec } = wanted
  const base = nodeAgent.baseImage === undefined ? '' : ` for ${describeBaseImage(nodeAgent.baseImage)}`
  const healthy = nodes.filter(node => bearingOf(node) === 'healthy').length
  return [
    {
      label: 'account',
      value:
        account === undefined
          ? 'missing'
          : `${nameOf(account.accountId)} in ${account.location}, ${account.poolAllocationMode}`
    },
    {
      label: 'pool',
      value:
        pool === undefined
          ? `${spec.poolName} (to be made)`
          : `${spec.poolName}: ${pool.allocationState}, ${describeTargets(nodesOf(pool))}, ${healthy} healthy`
    },
    {
      label: 'node agent',
      value:
        nodeAgent.nodeAgentSkuId === undefined ? 'not known' : `${nodeAgent.nodeAgentSkuId} (${nodeAgent.from}${base})`
    }
  ]
}
