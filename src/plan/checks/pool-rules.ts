/** What the pool and its account must be like. */
import { allowsEntra } from '../../model/account-access.ts'
import { nameOf } from '../../model/arm-id.ts'
import type { Observed, VmSize } from '../../model/observed.ts'
import { heldMessage, leaseOf, leaseState } from '../../rules/lease.ts'
import { describeBaseImage, virtualMachineConfigurationOf } from '../node-agent.ts'
import { recommendedResizeTimeoutMs, resizeTimeoutMs } from '../pool/resize-timeout.ts'
import type { RolloutSpec } from '../../model/spec.ts'
import { isMissing, type WantedPool, type Situation } from '../situation.ts'
import { quotaVerdicts } from './core-quota.ts'
import { fitOf } from './as-it-will-be.ts'
import { ofPool, vmSizeOf } from './of-pool.ts'
import { error, note, PAGE, warning, type Rule, type Verdict } from './rule.ts'

const DAY_MS = 86_400_000

/** The input that the base image comes from. */
const baseOf = ({ source }: Observed, { imageFrom = 'image-id' }: RolloutSpec): string =>
  source === undefined ? imageFrom : source.input

export const POOL_RULES: readonly Rule[] = [
  {
    id: 'account-exists',
    source: PAGE.galleryPools,
    check: ({ spec: { rollout }, observed }) =>
      rollout === undefined || observed.account !== undefined
        ? undefined
        : error(
            `batch-account: "${rollout.batchAccountId}" does not exist, or the caller may not see it`,
            'correct the id, or give the caller the Azure Batch Data Contributor role on the account'
          )
  },
  {
    id: 'pool-exists',
    source: PAGE.batchContract,
    check: ({ spec: { rollout }, observed }) =>
      rollout === undefined || observed.account === undefined || !isMissing(rollout, observed)
        ? undefined
        : error(
            `pool: there is no pool "${rollout.poolName}" in Batch account "${nameOf(rollout.batchAccountId)}"`,
            'correct the name; or give a pool spec (pool-spec) in its place, which makes a pool that is missing'
          )
  },
  {
    id: 'account-entra',
    source: PAGE.galleryPools,
    check: ({ observed }) => {
      const { account } = observed
      return account === undefined || allowsEntra(account)
        ? undefined
        : error(
            `batch-account: allows ${account.allowedAuthenticationModes?.join(', ') || 'no'} authentication only, and custom images need Microsoft Entra ID`,
            'allow AAD among the account’s authentication modes'
          )
    }
  },
  {
    id: 'base-image-supported',
    source: PAGE.galleryPools,
    check: ofPool(({ nodeAgent, spec }, { observed }) => {
      const { baseImage, supported, from } = nodeAgent
      if (supported !== undefined || observed.account === undefined) return undefined
      if (observed.serviceRefused !== undefined) return undefined
      if (from === 'nowhere') {
        const why =
          baseImage === undefined
            ? 'the base image is not known'
            : `Batch doesn’t list the base image "${describeBaseImage(baseImage)}"`
        return error(
          `pool-spec: nodeAgentSkuId is left out, and ${why}`,
          'build the VM from a marketplace image that Batch supports (az batch pool supported-images list), or name the nodeAgentSkuId that fits the guest'
        )
      }
      return baseImage === undefined
        ? note(
            `pool-spec: the base image of pool "${spec.poolName}" is not known; nodeAgentSkuId "${nodeAgent.nodeAgentSkuId}" is taken from the ${from}`,
            'make sure that it fits the guest'
          )
        : warning(
            `${baseOf(observed, spec)}: Batch doesn’t list the base image "${describeBaseImage(baseImage)}"; nodes may be unusable`,
            'build the VM from a marketplace image that Batch supports (az batch pool supported-images list)'
          )
    })
  },
  {
    id: 'base-image-end-of-life',
    source: 'batchSupportEndOfLife in GET /supportedimages',
    check: ofPool(({ nodeAgent, spec }, { observed }) => {
      const { supported } = nodeAgent
      if (supported?.batchSupportEndOfLife === undefined) return undefined
      const days = Math.floor((Date.parse(supported.batchSupportEndOfLife) - observed.at) / DAY_MS)
      const day = supported.batchSupportEndOfLife.slice(0, 10)
      const about = `Batch’s support of "${describeBaseImage(supported)}" (${supported.nodeAgentSkuId})`
      if (days < 0) {
        const message = `${baseOf(observed, spec)}: ${about} ended on ${day}; it refuses new pools, and may scale pools in to zero`
        const wayOut = 'build the VM from a newer base image'
        // Of a custom image Batch sees the node agent alone: where that goes on with other base images, nobody knows.
        const isRefused = observed.pool === undefined && hasEnded(supported.nodeAgentSkuId, observed)
        return isRefused ? error(message, wayOut) : warning(message, wayOut)
      }
      return days <= 180
        ? warning(
            `${baseOf(observed, spec)}: ${about} ends on ${day}, in ${days} days`,
            'plan to move to a newer base image'
          )
        : undefined
    })
  },
  {
    id: 'node-agent-matches',
    source: PAGE.galleryPools,
    check: ofPool(({ nodeAgent }) => {
      const { supported, nodeAgentSkuId, from } = nodeAgent
      return from !== 'spec' || supported === undefined || supported.nodeAgentSkuId === nodeAgentSkuId
        ? undefined
        : warning(
            `pool-spec: nodeAgentSkuId "${nodeAgentSkuId}" does not fit the base image "${describeBaseImage(supported)}", for which Batch has "${supported.nodeAgentSkuId}"; nodes may not start`,
            'leave nodeAgentSkuId out: it is inferred; or make sure that it fits a guest that was upgraded since'
          )
    })
  },
  {
    id: 'node-agent-listed',
    source: 'GET /supportedimages; node agents that are no longer supported: github.com/Azure/Batch/issues/180',
    check: ofPool(({ nodeAgent }, { observed }) => {
      const { nodeAgentSkuId = '', from } = nodeAgent
      const present = virtualMachineConfigurationOf(observed.pool?.body.properties)?.nodeAgentSkuId
      const known = [...observed.supportedImages.map(image => image.nodeAgentSkuId), String(present)]
      const isKnown = known.some(agent => agent.toLowerCase() === nodeAgentSkuId.toLowerCase())
      if (from !== 'spec' || observed.supportedImages.length === 0 || isKnown) return undefined
      return warning(
        `pool-spec: Batch lists no image with nodeAgentSkuId "${nodeAgentSkuId}"; it refuses a node agent that it doesn’t have`,
        'leave nodeAgentSkuId out: it is inferred; or name one that Batch lists (az batch pool supported-images list)'
      )
    })
  },
  {
    id: 'vm-size',
    source: 'GET locations/{l}/virtualMachineSkus',
    check: ofPool((wanted, situation) => {
      const { observed } = situation
      const { vmSize } = wanted.properties
      if (vmSize === undefined && observed.pool === undefined) {
        return error('pool-spec: vmSize is missing, and a new pool needs one', 'name the size of the nodes')
      }
      if (observed.vmSizes.length === 0) return undefined
      const size = vmSizeOf(wanted, situation)
      return size === undefined ? notOffered(wanted, observed) : fits(size, wanted, situation)
    })
  },
  {
    id: 'core-quota',
    source: PAGE.batchQuota,
    check: ofPool((wanted, situation) => quotaVerdicts(wanted, situation))
  },
  {
    id: 'resize-timeout',
    source: PAGE.galleryPools,
    check: ofPool(({ spec, nodes }) => {
      const asked = resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, nodes)
      const recommended = recommendedResizeTimeoutMs(nodes)
      return asked >= recommended || nodes <= 300
        ? undefined
        : warning(
            `resize-timeout: ${asked / 60_000} minutes for ${nodes} nodes from a custom image`,
            `at least ${recommended / 60_000}m is recommended; the resize is asked for again in any case`
          )
    })
  },
  {
    id: 'drain-deadline',
    source: 'drain-timeout and deadline',
    check: ofPool((wanted, { spec, observed }) => {
      const { drainTimeoutMs, imageChange } = wanted.spec
      if (imageChange !== 'in-place' || observed.pool === undefined || drainTimeoutMs < spec.deadlineMs)
        return undefined
      return warning(
        `drain-timeout: ${drainTimeoutMs / 60_000} minutes don’t fit in a deadline of ${spec.deadlineMs / 60_000} minutes; the drain ends 10 minutes before the deadline`,
        'give a longer deadline, or a shorter drain-timeout'
      )
    })
  },
  {
    id: 'pool-leased',
    source: 'the pool’s metadata',
    check: ofPool((wanted, { spec, observed, context }) => {
      const lease = leaseOf(observed.pool?.metadata ?? [])
      const now = observed.account?.readAt ?? observed.at
      if (lease === undefined || leaseState(lease, context, now) !== 'held') return undefined
      const { message, wayOut } = heldMessage(lease)
      const text = `pool "${wanted.spec.poolName}": ${message}`
      return spec.dryRun ? note(text, wayOut) : error(text, wayOut)
    })
  },
  {
    id: 'no-nodes',
    source: PAGE.batchContract,
    check: ofPool(({ scale, spec }) =>
      scale.kind === 'none'
        ? warning(
            `pool-spec: has no scaleSettings, so pool "${spec.poolName}" is made without nodes and the image is not proved`,
            'add scaleSettings.fixedScale or autoScale'
          )
        : undefined
    )
  }
]

/** A pool that is there has a size that Batch offered once. */
function notOffered({ properties: { vmSize } }: WantedPool, { pool, account }: Observed): Verdict {
  const present = pool?.vmSize?.toLowerCase()
  const name = String(vmSize ?? present)
  const message = `pool-spec: Batch doesn’t offer vmSize "${name}" in "${account?.location}"`
  const wayOut = 'choose one that it lists (az batch location list-skus)'
  return name.toLowerCase() === present
    ? warning(`${message} any more; nodes may not be made`, wayOut)
    : error(message, wayOut)
}

/** Whether every base image that the node agent is for has come to its end. */
function hasEnded(nodeAgentSkuId: string, { supportedImages, at }: Observed): boolean {
  return supportedImages
    .filter(image => image.nodeAgentSkuId === nodeAgentSkuId)
    .every(({ batchSupportEndOfLife: end }) => end !== undefined && Date.parse(end) < at)
}

function fits(size: VmSize, wanted: WantedPool, situation: Situation): Verdict | undefined {
  const { image, isProved } = fitOf(wanted, situation)
  const { hyperVGeneration, architecture } = image
  if (isProved) return undefined
  if (hyperVGeneration !== undefined && size.hyperVGenerations?.includes(hyperVGeneration) === false) {
    return error(
      `pool-spec: vmSize "${size.name}" boots images of generation ${size.hyperVGenerations.join(', ')} only, and this one is ${hyperVGeneration}`,
      'choose a size of the image’s generation'
    )
  }
  const known = size.architecture !== undefined && architecture !== undefined
  return known && size.architecture?.toLowerCase() !== architecture.toLowerCase()
    ? error(
        `pool-spec: vmSize "${size.name}" is ${size.architecture}, and the image is ${architecture}`,
        'choose a size of the image’s architecture'
      )
    : undefined
}
