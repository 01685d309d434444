/** What is only named: regions, and the resources in a pool spec. Nothing is read that isn't named. */
import type { Azure } from '../azure/gateway.ts'
import { parentId, resourceGroupOf, subscriptionOf } from '../model/arm-id.ts'
import { namedByPool } from '../model/named-by-pool.ts'
import type { Observed } from '../model/observed.ts'
import type { ImageSpec, RolloutSpec } from '../model/spec.ts'
import type { SharedReads } from './shared-reads.ts'

type Part = Partial<Observed>

export function regionsPart({ named }: Azure, { publishTo }: ImageSpec): Promise<Part>[] {
  if (publishTo.kind !== 'gallery' || publishTo.targetRegions.length === 0) return []
  return [named.listRegions(subscriptionOf(publishTo.galleryImageId)).then(regions => ({ regions }))]
}

/** Snapshots and a managed image are made in groups that must be there. That of the VM is, if the VM is. */
export function groupsPart({ named }: Azure, { source, publishTo, workResourceGroup }: ImageSpec): Promise<Part>[] {
  const asked = [
    ...(workResourceGroup === undefined
      ? []
      : [
          { input: 'work-resource-group', name: workResourceGroup, subscriptionId: subscriptionOf(source.id) } as const
        ]),
    ...(publishTo.kind === 'gallery'
      ? []
      : [
          {
            input: 'publish-to',
            name: resourceGroupOf(publishTo.imageId),
            subscriptionId: subscriptionOf(publishTo.imageId)
          } as const
        ])
  ]
  if (asked.length === 0) return []
  const looks = each(asked, async ({ input, name, subscriptionId }) => ({
    input,
    name,
    looked: await named.getResourceGroup(subscriptionId, name)
  }))
  return [looks.then(groups => ({ groups }))]
}

export function namedPart({ named }: Pick<SharedReads, 'named'>, { pool }: RolloutSpec): Promise<Part>[] {
  const { subnetId, identityIds, packages, publicIPIds, encryptionSetIds } = namedByPool(pool)
  const others = [identityIds, packages, publicIPIds, encryptionSetIds]
  if (subnetId === undefined && others.every(list => list.length === 0)) return []
  const looks = Promise.all([
    subnetId === undefined ? undefined : named.getVirtualNetwork(parentId(subnetId)),
    each(identityIds, async id => ({ id, looked: await named.getIdentity(id) })),
    each(packages, async reference => ({ ...reference, looked: await named.getPackage(reference) })),
    each(publicIPIds, async id => ({ id, looked: await named.getPublicIP(id) })),
    each(encryptionSetIds, async id => ({ id, looked: await named.getEncryptionSet(id) }))
  ])
  return [
    looks.then(([network, identities, packages, publicIPs, encryptionSets]) => ({
      named: { ...(network && { network }), identities, packages, publicIPs, encryptionSets }
    }))
  ]
}

const each = <T, R>(items: readonly T[], look: (item: T) => Promise<R>): Promise<R[]> => Promise.all(items.map(look))
