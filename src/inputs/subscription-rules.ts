/** Which ids must lie in which subscription, as far as it can be told without a call. */
import { sameId, splitArmId } from '../model/arm-id.ts'
import type { ImageSpec, RolloutSpec } from '../model/spec.ts'
import type { InputName } from './action-defaults.ts'
import { isManagedImageId } from './image-reference.ts'
import type { InputReader } from './input-reader.ts'
import { valueAt } from './pool-spec-shape.ts'

type Parts = {
  subscriptionId: string | undefined
  image: ImageSpec | undefined
  rollouts: readonly RolloutSpec[]
}

/**
 * Notes what can't work: a managed image outside of its VM's or of its pool's subscription, a pool’s subnet outside of its
 * account's. `subscription-id` is a guard over all that a run would write: snapshots (they lie in the VM's subscription),
 * the image, the pool. An image that is only rolled out is read, and may lie elsewhere.
 */
export function checkSubscriptions(reader: InputReader, { subscriptionId, image, rollouts }: Parts): void {
  const vm = subscriptionIn(image?.source.id)
  const target =
    image &&
    subscriptionIn(image.publishTo.kind === 'managed' ? image.publishTo.imageId : image.publishTo.galleryImageId)
  const guard = (name: InputName, found: string | undefined, what: string): void => {
    if (subscriptionId === undefined || agree(found, subscriptionId)) return
    reader.complain(
      name,
      `is in subscription ${found}, and ${what} there, but subscription-id is ${subscriptionId}; leave subscription-id out ` +
        'to work across subscriptions'
    )
  }
  guard('source-vm', vm, 'its snapshots would be made')
  guard('publish-to', target, 'the image would be made')
  const accounts = new Set(rollouts.map(({ batchAccountId }) => subscriptionIn(batchAccountId)))
  for (const account of accounts) guard(accountInput(reader), account, 'the pool would be made or changed')
  if (image?.publishTo.kind === 'managed' && !agree(target, vm)) {
    reader.complain('publish-to', `is in subscription ${target}; a managed image must be in that of source-vm, ${vm}`)
  }
  for (const rollout of rollouts) {
    checkPool(reader, { account: subscriptionIn(rollout.batchAccountId), image, rollout })
  }
}

type PoolParts = { account: string | undefined; image: ImageSpec | undefined; rollout: RolloutSpec }

function checkPool(reader: InputReader, { account, image, rollout }: PoolParts): void {
  const made = image?.publishTo.kind === 'managed' ? image.publishTo.imageId : undefined
  const imageId = made ?? rollout.imageId
  const found = imageId !== undefined && isManagedImageId(imageId) ? subscriptionIn(imageId) : undefined
  if (!agree(found, account)) {
    const input = made !== undefined ? 'publish-to' : reader.isGiven('image-id') ? 'image-id' : poolSpecInput(reader)
    reader.complain(
      input,
      `the managed image is in subscription ${found}; a pool’s must be in that of ${accountInput(reader)}, ${account}`
    )
  }
  const subnetId = valueAt(rollout.pool.properties, ['networkConfiguration', 'subnetId'])
  const subnet = typeof subnetId === 'string' ? subscriptionIn(subnetId) : undefined
  if (!agree(subnet, account)) {
    reader.complain(
      poolSpecInput(reader),
      `properties.networkConfiguration.subnetId: is in subscription ${subnet}; a pool’s subnet must be in that of ` +
        `batch-account, ${account}`
    )
  }
}

/** Where the account comes from: `pool`, where that is an id and alone. */
const accountInput = (reader: InputReader): InputName => (reader.isGiven('batch-account') ? 'batch-account' : 'pool')

const poolSpecInput = (reader: InputReader): InputName =>
  reader.isGiven('pool-spec') ? 'pool-spec' : 'pool-spec-inline'

/** Undefined where there is no id, as one that is missing or wrong is a problem of its own. */
function subscriptionIn(id: string | undefined): string | undefined {
  return id === undefined ? undefined : splitArmId(id)?.subscriptionId
}

const agree = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || sameId(a, b)
