/** Limits of Azure that what was read is near to. */
import { nameOf, sameId } from '../../model/arm-id.ts'
import { imageDisks } from '../source/index.ts'
import { leaseOfTags } from '../../rules/lease.ts'
import type { ImageDisk } from '../image/image-body.ts'
import type { Situation } from '../situation.ts'
import { ofPool } from './of-pool.ts'
import { error, PAGE, type Rule, type Verdict } from './rule.ts'

const MOST_INCREMENTAL_SNAPSHOTS = 500
const MOST_TAGS = 50

export const LIMIT_RULES: readonly Rule[] = [
  {
    id: 'pool-quota',
    source: PAGE.batchQuota,
    check: ofPool((_wish, { observed: { account, pool, otherPools } }) => {
      const quota = account?.poolQuota
      if (account === undefined || quota === undefined || pool !== undefined || otherPools.length < quota) {
        return undefined
      }
      return error(
        `batch-account: "${nameOf(account.accountId)}" has as many pools as its quota, ${quota}; no other can be made`,
        'delete a pool that nobody needs, or ask for more quota of the Batch account'
      )
    })
  },
  {
    id: 'snapshot-limit',
    source: 'learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots (restrictions)',
    check: situation =>
      situation.imageExists ? undefined : imageDisks(situation).flatMap(disk => tooMany(situation, disk))
  },
  {
    id: 'vm-tags',
    source: 'learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
    check: ({ spec, imageExists, observed: { source } }) => {
      if (
        source === undefined ||
        imageExists ||
        spec.image?.stopVm !== true ||
        leaseOfTags(source.tags) !== undefined
      ) {
        return
      }
      const count = Object.keys(source.tags).length
      return count < MOST_TAGS
        ? undefined
        : error(
            `stop-vm: "${nameOf(source.id)}" has ${count} tags, ${MOST_TAGS} is Azure’s limit, and its lease is one more`,
            'take a tag off the VM, or leave stop-vm out'
          )
    }
  }
]

/** Those of the work resource group alone are known; there may be more elsewhere. */
function tooMany({ observed: { snapshots, source } }: Situation, { diskId, snapshotId }: ImageDisk): Verdict[] {
  const ofDisk = snapshots.filter(
    ({ incremental, sourceResourceId }) =>
      incremental === true && sourceResourceId !== undefined && sameId(sourceResourceId, diskId)
  )
  const isThere = ofDisk.some(snapshot => sameId(snapshot.snapshotId, snapshotId))
  return ofDisk.length < MOST_INCREMENTAL_SNAPSHOTS || isThere
    ? []
    : [
        error(
          `${source?.input}: disk "${nameOf(diskId)}" has ${ofDisk.length} incremental snapshots, and ${MOST_INCREMENTAL_SNAPSHOTS} is Azure’s limit`,
          'delete snapshots of it that nobody needs'
        )
      ]
}
