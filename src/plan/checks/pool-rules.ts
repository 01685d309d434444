/** What the pool and its account must be like. */
import { nameOf, sameId, subscriptionOf } from '../../model/arm-id.ts'
import { sameRegion } from '../../model/region.ts'
import type { BatchAccount, Observed, Pool, VmSize } from '../../model/observed.ts'
import { heldMessage, leaseOf, leaseState } from '../lease.ts'
import { describeBaseImage } from '../node-agent.ts'
import { recommendedResizeTimeoutMs, resizeTimeoutMs } from '../resize-timeout.ts'
import { shapeOf } from '../image-body.ts'
import type { PoolWish, Situation } from '../situation.ts'
import { isShort } from '../wave-targets.ts'
import { error, note, PAGE, warning, type Rule, type Verdict } from './rule.ts'

const DAY_MS = 86_400_000

function ofPool(check: (wish: PoolWish, situation: Situation) => ReturnType<Rule['check']>): Rule['check'] {
  return situation => (situation.pool === undefined ? undefined : check(situation.pool, situation))
}

/** Where the base image comes from, for messages. */
const baseOf = ({ source }: Observed): string => (source === undefined ? 'image-id' : 'source-vm')

/** The size that the pool shall have, as Batch lists it for the account's region. */
export function vmSizeOf({ properties }: PoolWish, { observed }: Situation): VmSize | undefined {
  const name = String(properties.vmSize ?? observed.pool?.vmSize ?? '').toLowerCase()
  return observed.vmSizes.find(size => size.name.toLowerCase() === name)
}

export const POOL_RULES: readonly Rule[] = [
  {
    id: 'account-exists',
    source: PAGE.galleryPools,
    check: ofPool(({ spec }, { observed }) =>
      observed.account !== undefined
        ? undefined
        : error(
            `batch-account: "${spec.batchAccountId}" does not exist, or the caller may not see it`,
            'correct the id, or give the caller the Azure Batch Data Contributor role on the account'
          )
    )
  },
  {
    id: 'account-entra',
    source: PAGE.galleryPools,
    check: ({ observed }) => {
      const modes = observed.account?.allowedAuthenticationModes
      return modes === undefined || modes.includes('AAD')
        ? undefined
        : error(
            `batch-account: allows ${modes.join(', ') || 'no'} authentication only, and custom images need Microsoft Entra ID`,
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
            `${baseOf(observed)}: Batch doesn’t list the base image "${describeBaseImage(baseImage)}"; nodes may be unusable`,
            'build the VM from a marketplace image that Batch supports (az batch pool supported-images list)'
          )
    })
  },
  {
    id: 'base-image-end-of-life',
    source: 'batchSupportEndOfLife in GET /supportedimages',
    check: ofPool(({ nodeAgent }, { observed }) => {
      const { supported } = nodeAgent
      if (supported?.batchSupportEndOfLife === undefined) return undefined
      const days = Math.floor((Date.parse(supported.batchSupportEndOfLife) - observed.at) / DAY_MS)
      const day = supported.batchSupportEndOfLife.slice(0, 10)
      const about = `Batch’s support of "${describeBaseImage(supported)}" (${supported.nodeAgentSkuId})`
      if (days < 0)
        return error(
          `${baseOf(observed)}: ${about} ended on ${day}; it refuses new pools, and may scale pools in to zero`,
          'build the VM from a newer base image'
        )
      return days <= 180
        ? warning(`${baseOf(observed)}: ${about} ends on ${day}, in ${days} days`, 'plan to move to a newer base image')
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
        : error(
            `pool-spec: nodeAgentSkuId "${nodeAgentSkuId}" does not fit the base image "${describeBaseImage(supported)}", for which Batch has "${supported.nodeAgentSkuId}"`,
            'leave nodeAgentSkuId out: it is inferred'
          )
    })
  },
  {
    id: 'vm-size',
    source: 'GET locations/{l}/virtualMachineSkus',
    check: ofPool((wish, situation) => {
      const { observed } = situation
      const { vmSize } = wish.properties
      if (vmSize === undefined && observed.pool === undefined) {
        return error('pool-spec: vmSize is missing, and a new pool needs one', 'name the size of the nodes')
      }
      if (observed.vmSizes.length === 0 || vmSize === undefined) return undefined
      const size = vmSizeOf(wish, situation)
      if (size === undefined) {
        return error(
          `pool-spec: Batch doesn’t offer vmSize "${String(vmSize)}" in "${observed.account?.location}"`,
          'choose one that it lists (az batch location list-skus)'
        )
      }
      return fits(size, situation)
    })
  },
  {
    id: 'core-quota',
    source: PAGE.batchQuota,
    check: ofPool((wish, situation) => quotaVerdicts(wish, situation))
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
    check: ofPool((wish, { spec, observed }) => {
      const { drainTimeoutMs, imageChange } = wish.spec
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
    check: ofPool((wish, { spec, observed, context }) => {
      const lease = leaseOf(observed.pool?.metadata ?? [])
      const now = observed.account?.readAt ?? observed.at
      if (lease === undefined || leaseState(lease, context, now) !== 'held') return undefined
      const { message, wayOut } = heldMessage(lease)
      const text = `pool "${wish.spec.poolName}": ${message}`
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
  },
  {
    id: 'managed-image-retired',
    source: PAGE.retirement,
    check: ofPool(({ managed }) =>
      managed
        ? warning(
            'image: Microsoft announced that Batch takes custom images only from an Azure Compute Gallery since 2026-03-31; the service refused pools from managed images when last recorded (2025-01-16)',
            'publish to a gallery image definition (…/galleries/{gallery}/images/{definition}); a managed image can be the source of a version'
          )
        : undefined
    )
  },
  {
    id: 'managed-image-place',
    source: PAGE.managedImagePools,
    check: ofPool(({ managed, imageId, poolId }, { observed }) => {
      if (!managed) return undefined
      const { managedImage, account } = observed
      const wayOut = 'publish to a gallery, or make the image beside the account'
      const verdicts: Verdict[] = []
      if (subscriptionOf(imageId).toLowerCase() !== subscriptionOf(poolId).toLowerCase()) {
        verdicts.push(
          error(`image: managed image "${nameOf(imageId)}" is in another subscription than the Batch account`, wayOut)
        )
      }
      if (managedImage !== undefined && account !== undefined && !sameRegion(managedImage.location, account.location)) {
        verdicts.push(
          error(
            `image: managed image "${nameOf(imageId)}" is in "${managedImage.location}", and the Batch account in "${account.location}"`,
            wayOut
          )
        )
      }
      return verdicts
    })
  },
  {
    id: 'managed-image-shared',
    source: PAGE.managedImagePools,
    check: ofPool((wish, { observed }) => {
      const others = sharing(wish, observed.otherPools)
      return wish.managed && others.length > 0
        ? error(
            `image: managed image "${nameOf(wish.imageId)}" is used by pool ${others.map(pool => `"${nameOf(pool.poolId)}"`).join(', ')}; each pool needs an image of its own`,
            'make another managed image for this pool'
          )
        : undefined
    })
  },
  {
    id: 'managed-image-nodes',
    source: PAGE.managedImagePools,
    check: ofPool((wish, { observed }) => {
      if (!wish.managed || wish.scale.kind !== 'fixed') return undefined
      const others = sharing(wish, observed.otherPools)
      const sum = (of: (pool: Pool) => number): number => others.reduce((total, pool) => total + of(pool), 0)
      const dedicated = wish.scale.goal.dedicated + sum(pool => pool.currentDedicatedNodes)
      const lowPriority = wish.scale.goal.lowPriority + sum(pool => pool.currentLowPriorityNodes)
      const limit = { dedicated: 2_500, lowPriority: 1_000 }
      return isShort(limit, { dedicated, lowPriority })
        ? error(
            `pool-spec: ${dedicated} dedicated and ${lowPriority} low-priority nodes from one managed image; 2500 and 1000 are the most over all its pools`,
            'ask for fewer, or publish to a gallery, which has no such limit'
          )
        : undefined
    })
  }
]

function sharing({ imageId, poolId }: PoolWish, pools: readonly Pool[]): Pool[] {
  return pools.filter(
    pool => !sameId(pool.poolId, poolId) && pool.imageId !== undefined && sameId(pool.imageId, imageId)
  )
}

function fits(size: VmSize, { observed }: Situation): Verdict | undefined {
  const definition = observed.rolloutDefinition ?? observed.galleryImage
  const shape = definition ?? (observed.source === undefined ? undefined : shapeOf(observed.source))
  if (shape === undefined) return undefined
  if (size.hyperVGenerations !== undefined && !size.hyperVGenerations.includes(shape.hyperVGeneration)) {
    return error(
      `pool-spec: vmSize "${size.name}" boots images of generation ${size.hyperVGenerations.join(', ')} only, and this one is ${shape.hyperVGeneration}`,
      'choose a size of the image’s generation'
    )
  }
  return size.architecture !== undefined && size.architecture.toLowerCase() !== shape.architecture.toLowerCase()
    ? error(
        `pool-spec: vmSize "${size.name}" is ${size.architecture}, and the image is ${shape.architecture}`,
        'choose a size of the image’s architecture'
      )
    : undefined
}

/** The goal alone past the quota can never work; past what other pools leave, it may. */
function quotaVerdicts(wish: PoolWish, situation: Situation): Verdict[] {
  const { account, otherPools, vmSizes } = situation.observed
  const size = vmSizeOf(wish, situation)
  if (account === undefined || wish.scale.kind !== 'fixed' || size?.vCpus === undefined) return []
  const { dedicated, lowPriority } = wish.scale.goal
  const others = otherPools.filter(pool => !sameId(pool.poolId, wish.poolId))
  const coresOf = (pool: Pool): number =>
    vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase())?.vCpus ?? 0
  const familyOf = (pool: Pool): string | undefined =>
    vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase())?.familyName
  const used = (pools: readonly Pool[], nodes: (pool: Pool) => number): number =>
    pools.reduce((sum, pool) => sum + nodes(pool) * coresOf(pool), 0)
  const family = familyQuota(account, size)
  return [
    quotaVerdict(size, {
      ...{ kind: 'dedicated', cores: 'dedicated cores', nodes: dedicated, quota: account.dedicatedCoreQuota },
      used: used(others, pool => pool.currentDedicatedNodes)
    }),
    quotaVerdict(size, {
      ...{ kind: 'low-priority', cores: 'low-priority cores', nodes: lowPriority, quota: account.lowPriorityCoreQuota },
      used: used(others, pool => pool.currentLowPriorityNodes)
    }),
    quotaVerdict(size, {
      ...{
        kind: 'dedicated',
        cores: `dedicated cores of ${size.familyName ?? 'its family'}`,
        nodes: dedicated,
        quota: family
      },
      used: used(
        others.filter(pool => familyOf(pool) === size.familyName),
        pool => pool.currentDedicatedNodes
      )
    })
  ].flatMap(verdict => verdict ?? [])
}

function familyQuota(account: BatchAccount, { familyName }: VmSize): number | undefined {
  if (!account.dedicatedCoreQuotaPerVMFamilyEnforced || familyName === undefined) return undefined
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return account.dedicatedCoreQuotaPerVMFamily?.find(({ name }) => plain(name) === plain(familyName))?.coreQuota
}

type QuotaQuestion = { kind: string; cores: string; nodes: number; quota: number | undefined; used: number }

function quotaVerdict(
  { name, vCpus = 0 }: VmSize,
  { kind, cores, nodes, quota, used }: QuotaQuestion
): Verdict | undefined {
  const needed = nodes * vCpus
  if (quota === undefined || needed + used <= quota) return undefined
  const about = `pool-spec: ${nodes} ${kind} nodes of ${name} need ${needed} ${cores}`
  const wayOut = (left: number): string =>
    `ask for more quota of the Batch account, or for at most ${Math.max(0, Math.floor(left / vCpus))} ${kind} nodes`
  return needed > quota
    ? error(`${about}, and the account’s quota is ${quota}`, wayOut(quota))
    : warning(`${about}; the account’s quota is ${quota}, of which its other pools have ${used}`, wayOut(quota - used))
}
