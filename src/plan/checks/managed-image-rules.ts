/** What pools from managed images must keep to, as far as Batch still takes them. */
import { nameOf, sameId, subscriptionOf } from '../../model/arm-id.ts'
import type { Pool } from '../../model/observed.ts'
import { sameRegion } from '../../model/region.ts'
import type { WantedPool } from '../situation.ts'
import { isShort } from '../../rules/node-targets.ts'
import { ofPool } from './of-pool.ts'
import { error, PAGE, warning, type Rule, type Verdict } from './rule.ts'

export const MANAGED_IMAGE_RULES: readonly Rule[] = [
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
    check: ofPool((wanted, { observed }) => {
      const others = sharing(wanted, observed.otherPools)
      return wanted.managed && others.length > 0
        ? warning(
            `image: managed image "${nameOf(wanted.imageId)}" is used by pool ${others.map(pool => `"${nameOf(pool.poolId)}"`).join(', ')}; Microsoft’s page says that each pool needs an image of its own, and also what the limit is over all pools of one`,
            'make another managed image for this pool'
          )
        : undefined
    })
  },
  {
    id: 'managed-image-nodes',
    source: `${PAGE.managedImagePools}; ${PAGE.batchQuota}`,
    check: ofPool((wanted, { observed }) => {
      if (!wanted.managed || wanted.scale.kind !== 'fixed') return undefined
      const others = sharing(wanted, observed.otherPools)
      const sum = (of: (pool: Pool) => number): number => others.reduce((total, pool) => total + of(pool), 0)
      const dedicated = wanted.scale.goal.dedicated + sum(pool => pool.currentDedicatedNodes)
      const lowPriority = wanted.scale.goal.lowPriority + sum(pool => pool.currentLowPriorityNodes)
      const about = `pool-spec: ${dedicated} dedicated and ${lowPriority} low-priority nodes from one managed image`
      const wayOut = 'ask for fewer, or publish to a gallery, which has no such limit'
      if (isShort({ dedicated: 2_500, lowPriority: 1_000 }, { dedicated, lowPriority })) {
        return error(`${about}; 2500 and 1000 are the most over all its pools`, wayOut)
      }
      return dedicated > 2_000
        ? warning(`${about}; one page says 2500 dedicated nodes at most over all its pools, another 2000`, wayOut)
        : undefined
    })
  }
]

function sharing({ imageId, poolId }: WantedPool, pools: readonly Pool[]): Pool[] {
  return pools.filter(
    pool => !sameId(pool.poolId, poolId) && pool.imageId !== undefined && sameId(pool.imageId, imageId)
  )
}
