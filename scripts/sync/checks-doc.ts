import { RULES } from '../../src/plan/checks/index.ts'

export const target = 'docs/checks.md'

type Severity =
  'error' | 'warning' | 'note' | 'error or warning' | 'error or note' | 'warning or note' | 'error, warning or note'
type Row = { severity: Severity; says: string; wayOut: string }

/** Rules hold functions of a situation; what they say of it in general is here, by id. */
const ROWS: Record<string, Row> = {
  'source-exists': row(
    'error',
    'the source VM isn’t there, or the caller may not see it',
    'the id, or Reader on VM and disks'
  ),
  generalized: row(
    'error',
    'Azure doesn’t know the VM as generalized, and nobody vouched for it',
    'generalize the guest, then `generalize: done`'
  ),
  'ephemeral-os-disk': row(
    'error',
    'the VM’s OS disk is ephemeral: it is on its host alone, and no snapshot can be taken of it',
    'build the VM with a managed OS disk'
  ),
  'managed-disks': row(
    'error',
    'a disk that goes into the image is no managed disk',
    'convert the VM to managed disks'
  ),
  'disk-type': row(
    'error or warning',
    'a disk is an Ultra or a Premium SSD v2 disk, of which a gallery takes none (a warning for a managed image)',
    'leave it out with `data-disks`, or copy it to another type'
  ),
  'vm-extensions': row(
    'warning',
    'the VM has extensions; nodes may fail to start from such an image',
    'remove them; give nodes theirs in the pool spec'
  ),
  'azure-disk-encryption': row(
    'error',
    'a disk is encrypted by Azure Disk Encryption',
    'turn it off on the VM; encryption at rest and at host are no obstacle'
  ),
  'latest-proved': row(
    'error',
    '`image-id` asks for the newest version that nodes have proved, and none counts: the message says how many there are, and why not',
    'name a version; a rollout that ends well tags it as proved'
  ),
  'image-agrees': row(
    'error',
    'the pool spec pins another version than the latest that is proved',
    'leave `image-id` out, or pin that one'
  ),
  'image-failed-before': row(
    'error or warning',
    'the version to roll out is tagged as failed: in which run, and what became of its nodes (a warning with `force: true`)',
    'another version, `latest-proved`, or `force: true`'
  ),
  'purchase-plan': row(
    'error, warning or note',
    'the base image has a purchase plan: with a managed image (an error), in a Batch-service account (a warning), in a user-subscription account (a note)',
    'an image without one, or a user-subscription account; its terms must be accepted there'
  ),
  'disk-size': row(
    'error or warning',
    'a disk is larger than 2,048 GiB, save for a shallow version; or a data disk than 1,024 GiB (a warning: sources disagree)',
    'leave it out with `data-disks`, or shrink it'
  ),
  'data-disk-luns': row('error', '`data-disks` names a LUN that isn’t attached', 'name LUNs that are there'),
  'data-disks-mounted': row(
    'warning or note',
    'the image has data disks, which nodes don’t mount by themselves (a warning where the pool has no start task)',
    'mount them in the start task, or `data-disks: none`'
  ),
  'temporary-drive': row(
    'note',
    'the node agent needs the default temporary drive, and Azure doesn’t say whether the image keeps it',
    'leave it where the base image has it'
  ),
  'os-disk-caching': row('note', 'the OS disk’s caching is not ReadWrite', 'ReadWrite makes nodes start faster'),
  'vm-running': row(
    'warning',
    'the VM runs; its disks are not snapshotted at one instant',
    'say `stop-vm: true`, or deallocate it before the run'
  ),
  'vm-held': row(
    'error',
    'with `stop-vm: true`: another run has the VM stopped for its own snapshots',
    'let that run end; if it is dead, wait until its lease runs out, or delete it from the VM’s tags'
  ),
  'vm-left-stopped': row(
    'warning',
    'a run that is dead has stopped the VM and not started it again',
    'run once with `stop-vm: true`, which starts it; or start it, and delete the lease from its tags'
  ),
  'trusted-launch-managed-image': row(
    'error',
    'no managed image can be made of a Trusted Launch or a confidential VM',
    'publish to a gallery image definition'
  ),
  'confidential-source': row(
    'error or warning',
    'the VM is confidential, with a customer’s key, or for another region than its own (errors); or Windows with an encrypted OS disk (a warning)',
    'a platform-managed key; the account’s region'
  ),
  'gallery-exists': row(
    'error',
    'the gallery isn’t there',
    'create it; definitions and versions are made by the action'
  ),
  'definition-matches': row(
    'error',
    'the definition’s OS, generation, architecture, security type or purchase plan is not the source’s, and can’t change',
    'publish to another definition; a missing one is made'
  ),
  'definition-supports': row(
    'warning',
    'the definition is of a `…Supported` security type, which may not take snapshots: sources disagree',
    'another definition; a missing one is made'
  ),
  'version-taken': row(
    'error',
    'the version exists and was not made from these inputs',
    'another `image-version`, or `auto`'
  ),
  'version-deleting': row('error', 'the version is being deleted', 'wait until it is gone, or name another'),
  'managed-image-taken': row(
    'error',
    'the managed image exists and was not made from these inputs; Azure would replace it',
    'publish under another name'
  ),
  'managed-image-pool-region': row(
    'error',
    'a managed image is made in the source’s region, and the pool is in another',
    'publish to a gallery'
  ),
  'snapshot-taken': row(
    'error',
    'a snapshot of that name exists, and is not one of this source',
    'delete it, or name another `image-version`'
  ),
  replicas: row(
    'warning or note',
    'fewer replicas than one for each 300 nodes (a warning), or one for each 50 VMs of a wave (a note)',
    'more replicas in `target-regions`, or a smaller `wave-size`'
  ),
  'shallow-region': row(
    'error',
    'the version is shallow and not in the pool’s region; it can gain none',
    'make another version; all its regions come with it'
  ),
  'drain-deadline': row(
    'warning',
    '`drain-timeout` doesn’t fit in `deadline`; the drain ends 10 minutes before it',
    'a longer `deadline`, or a shorter `drain-timeout`'
  ),
  'account-region-added': row(
    'note',
    '`target-regions` leaves out the pool’s region; it is added',
    'name it to choose its replicas'
  ),
  'promotion-without-effect': row(
    'warning',
    'a greater version is there and not hidden: `latest` stays that one, whatever is promoted',
    'name a version above it, or hide it'
  ),
  'region-failed': row(
    'error, warning or note',
    'a version that is there has failed to replicate to a region. A note where the run takes the region off and adds it again; a warning where `target-regions` doesn’t ask for it, or it can’t be fixed (shallow; the version’s own region); an error where it can’t and the pool needs it',
    'nothing; where it can’t be fixed, another version'
  ),
  'replicas-kept': row(
    'warning or note',
    'a version that is there has more replicas than asked for, which stay; or it is shallow, and gains neither regions nor replicas',
    'lower them yourself; publish another version'
  ),
  'rollout-replicas': row(
    'warning',
    'the version that is rolled out has fewer replicas in the account’s region than Batch’s rule asks for (one for each 300 nodes)',
    'raise them in the run that makes it'
  ),
  'source-region-added': row(
    'note',
    '`target-regions` leaves out the source’s region, which a version must have; it is added',
    'name it to choose its replicas'
  ),
  'rollout-image': row(
    'error',
    'the image to roll out isn’t there, or is of a specialized definition',
    'the id, a role on it, or a generalized version'
  ),
  'rollout-image-ready': row(
    'error',
    'the image to roll out has no finished replica in the pool’s region',
    'add the region to the version, and wait until it is replicated'
  ),
  'image-subscription': row(
    'note',
    'image and Batch account are in different subscriptions',
    'register Microsoft.Batch in the image’s; both need one tenant'
  ),
  'account-exists': row('error', 'the Batch account isn’t there', 'the id, or a role on the account'),
  'pool-exists': row(
    'error',
    '`pool` names a pool that the account doesn’t have',
    'the name; or a pool spec in its place, which makes one'
  ),
  'regions-offered': row(
    'error',
    '`target-regions` names a region that the subscription doesn’t offer',
    'the region’s own name (`az account list-locations`)'
  ),
  'groups-exist': row(
    'error',
    '`work-resource-group`, or the group of a managed image in `publish-to`, isn’t there',
    'correct it, or create the group'
  ),
  'account-reachable': row(
    'error',
    'the account’s network settings keep this runner out of its Batch service (it was tried)',
    'a runner in a network with a private endpoint, or a network rule for it'
  ),
  'nodes-reach-account': row(
    'warning',
    'the account’s node management endpoint is closed to the public network, and the pool has no way to it that is seen',
    'a subnet, and a private endpoint for `nodeManagement` in its network'
  ),
  subnet: row(
    'error or warning',
    'the subnet isn’t there or in another region (errors), is delegated, or has too few free addresses (warnings)',
    'another subnet, or fewer nodes'
  ),
  'subnet-outbound': row(
    'warning',
    'nodes without public IP addresses in a subnet that nothing leads out of: since 2026-03-31 new virtual networks have such subnets by default',
    'a NAT gateway, a route to a firewall, or private endpoints for all that nodes need'
  ),
  'public-ips': row(
    'error or warning',
    'a public IP address isn’t there, is in another region, or there are too few for the nodes (errors), or it isn’t as Batch asks for (a warning)',
    'Standard, static addresses of the account’s region, one for each 100 nodes of a kind'
  ),
  identities: row('error', 'a user-assigned identity isn’t there', 'correct the id, or create it'),
  'application-packages': row(
    'error or warning',
    'an application package isn’t there, isn’t activated, has no default version, or is of another account (a warning where the pool has it already)',
    'upload and activate it, or name one that is there'
  ),
  'encryption-sets': row(
    'error',
    'a disk encryption set isn’t there, or is in another region',
    'one of the account’s region'
  ),
  'pool-quota': row('error', 'the account has as many pools as its quota', 'delete one, or more quota'),
  'snapshot-limit': row(
    'error',
    'a disk has 500 incremental snapshots in the work resource group, which is Azure’s limit',
    'delete some that nobody needs'
  ),
  'vm-tags': row('error', 'with `stop-vm: true`: the VM has 50 tags, and its lease is one more', 'take a tag off it'),
  'account-entra': row(
    'error',
    'the account doesn’t allow Microsoft Entra ID',
    'allow `AAD` among its authentication modes'
  ),
  'base-image-supported': row(
    'error, warning or note',
    'Batch doesn’t list the base image (an error where the node agent isn’t named either; a note where the base image isn’t known)',
    'a base image that Batch supports, or `nodeAgentSkuId`'
  ),
  'base-image-end-of-life': row(
    'error or warning',
    'Batch’s support of the base image has ended (an error for a new pool, where that of its node agent has too), or ends within 180 days',
    'build the VM from a newer base image'
  ),
  'node-agent-matches': row(
    'warning',
    '`nodeAgentSkuId` isn’t the one that Batch has for the base image; nodes may not start',
    'leave it out: it is inferred; or make sure that it fits a guest that was upgraded'
  ),
  'node-agent-listed': row(
    'warning',
    'Batch lists no image with the `nodeAgentSkuId` of the pool spec, and the pool doesn’t have it',
    'leave it out: it is inferred; or one that Batch lists'
  ),
  'vm-size': row(
    'error or warning',
    'no `vmSize` for a new pool, or one that Batch doesn’t offer in the region (a warning where the pool has it), or of another generation or architecture than the image',
    'a size that fits (`az batch location list-skus`)'
  ),
  'core-quota': row(
    'error or warning',
    'the cores needed are more than the account’s quota (an error, save for nodes that are there), or than other pools leave of it (a warning)',
    'more quota, or fewer nodes'
  ),
  'autoscale-formula': row(
    'error or warning',
    'the formula of the pool spec is none, or over 8,192 characters or 100 statements (errors); or it names what nothing defines (a warning)',
    'correct it'
  ),
  'resize-timeout': row(
    'warning',
    'the resize timeout is shorter than recommended for more than 300 nodes of a custom image',
    'leave it out, or lengthen it'
  ),
  'pool-leased': row(
    'error or note',
    'another run is at work on the pool, and holds it for some time (`failure-reason` `pool-leased`; a note in a dry run)',
    'let it end; a dead run’s lease runs out by itself'
  ),
  'left-aside': row(
    'note',
    'the pool spec has what a GET shows and only Batch sets (`etag`, `allocationState`), or this action’s own metadata; it is taken without',
    'nothing; leave them out to be rid of the note'
  ),
  'start-task-command': row(
    'error',
    'the spec has a start task without `commandLine`, and there is no pool that has one',
    'say what the start task runs'
  ),
  'smoke-test-container': row(
    'error',
    'the pool runs containers and the smoke test names none, or the other way round',
    'give `smoke-test` as JSON, with or without `containerSettings`'
  ),
  'pool-secrets': row(
    'error or note',
    'a change sends a part of the pool whole, with a password or a key that no answer shows and the spec leaves out (a note where the pool may have none)',
    'write it into the spec, as a reference'
  ),
  'pool-identities': row(
    'warning',
    'the pool has identities that the spec leaves out; Batch adds identities, and takes none away',
    'another pool name, or write them into the spec'
  ),
  'pool-change-unmade': row(
    'error',
    'an earlier run asked for a change, and Batch accepted it and left the pool as it was (`failure-reason` `pool-change-refused`)',
    'take it out of the spec, or give it another pool name'
  ),
  'no-nodes': row(
    'warning',
    'the pool spec has no scale: the pool has no nodes, so nothing proves the image',
    'add `scaleSettings`'
  ),
  'managed-image-retired': row(
    'warning',
    'Microsoft announced that Batch takes custom images only from a gallery since 2026-03-31',
    'publish to a gallery image definition'
  ),
  'managed-image-place': row(
    'error',
    'a managed image is in another subscription or region than the Batch account',
    'publish to a gallery'
  ),
  'managed-image-shared': row('warning', 'another pool uses the managed image', 'an image for each pool'),
  'managed-image-nodes': row(
    'error or warning',
    'more than 2,500 dedicated or 1,000 low-priority nodes from one managed image; from 2,000 dedicated ones on, pages disagree (a warning)',
    'fewer nodes, or a gallery'
  ),
  'ephemeral-nodes': row(
    'error or warning',
    'ephemeral OS disks, and the size has none or too small a cache; or low-priority nodes (a warning in a Batch-service account)',
    'leave `ephemeralOSDiskSettings` out, or another size'
  ),
  'premium-storage': row(
    'error',
    'a disk on Premium_LRS, and the size takes no premium storage',
    'another storage type, or another size'
  ),
  'data-disk-count': row(
    'error',
    'image and pool have more data disks than the size takes',
    'a larger size, or fewer disks'
  ),
  'pool-data-disk-luns': row(
    'warning',
    'a data disk of the pool has a LUN that the image’s data disks have',
    'another LUN in `dataDisks`'
  ),
  'os-disk-size': row('error', '`osDisk.diskSizeGB` is below the image’s OS disk', 'leave it out'),
  'task-slots': row('error', 'more than 4 task slots for each vCPU of the size', 'fewer, or a larger size'),
  'vm-size-end-of-life': row(
    'warning',
    'Batch’s support of the size has ended, or ends within 180 days',
    'plan to move to a newer size'
  ),
  'security-type': row(
    'error or warning',
    'the image’s security type has no nodes such as the pool’s `securityType` asks for (a warning where nobody says)',
    'a `securityProfile` in the pool spec, and a size that has it'
  ),
  'security-size': row(
    'error',
    'the size, or the generation of the image, has no Trusted Launch or confidential nodes',
    'another size, or no `securityType`'
  ),
  'confidential-disk': row(
    'error',
    'confidential nodes without `securityEncryptionType` of their OS disk, or others with it',
    'add it, or leave it out'
  ),
  'inter-node-kinds': row(
    'error',
    '`interNodeCommunication` with both dedicated and low-priority nodes',
    'one kind of nodes'
  ),
  'inter-node-nodes': row(
    'warning',
    '`interNodeCommunication` with more than 100 nodes, in a user-subscription account 80',
    'fewer nodes'
  ),
  'accelerated-networking': row(
    'error',
    '`enableAcceleratedNetworking`, and the size doesn’t have it',
    'leave it out, or another size'
  ),
  'public-addresses': row(
    'error',
    '`NoPublicIPAddresses` without a subnet, or with `ipAddressIds`; `UserManaged` with none',
    'a subnet; the ids of addresses'
  ),
  'vm-deleting': row('error', 'the source VM is being deleted', 'find out who deletes it'),
  'gallery-state': row(
    'error or warning',
    'gallery or definition is being deleted (an error), or Failed (a warning)',
    'another gallery or definition'
  ),
  'image-deleting': row(
    'error',
    'the image to roll out, or the managed image to publish, is being deleted; or the managed image to roll out is Failed',
    'another image'
  ),
  'account-state': row(
    'error or warning',
    'the Batch account is being deleted or Invalid (an error), or Creating, Failed or Cancelled (a warning)',
    'another account'
  ),
  'pool-deleting': row('error', 'the pool is being deleted', 'run again when it is gone: it is made again')
}

function row(severity: Severity, says: string, wayOut: string): Row {
  return { severity, says, wayOut }
}

export function render(): string {
  const ids = RULES.map(({ id }) => id)
  const missing = ids.filter(id => !(id in ROWS))
  const gone = Object.keys(ROWS).filter(id => !ids.includes(id))
  if (missing.length + gone.length > 0) {
    throw new Error(
      `scripts/sync/checks-doc.ts: lacks ${missing.join(', ') || 'none'}; has without a rule ${gone.join(', ') || 'none'}`
    )
  }
  return [
    '# Checks',
    '',
    'Written by `npm run sync` from the rules in `src/plan/checks/`. All of them are looked at before anything is made; a dry run',
    'shows them too. An **error** stops the run, and nothing was made; `failure-reason` is `check-failed` unless the row says another. A',
    '**warning** is an annotation; a **note** is in log and summary only. The message of a run names what it is about, and its way out.',
    '',
    '| check | severity | what it says | way out | source |',
    '| --- | --- | --- | --- | --- |',
    ...RULES.map(({ id, source }) => {
      const { severity, says, wayOut } = ROWS[id] as Row
      return `| \`${id}\` | ${severity} | ${says} | ${wayOut} | ${source} |`
    }),
    '',
    'Regions, resource groups, subnets, public IP addresses, identities, application packages and disk encryption sets are looked up only if',
    'inputs or pool spec name them. If the identity that signs in may not read one, its check is a note that names the missing action',
    '([permissions.md](permissions.md#for-checks-alone)), and the run goes on.',
    '',
    'If the image is there already, made from the same inputs, the source isn’t checked: nothing is taken from it.',
    '',
    'Two more errors come from the plan of a pool that exists (`failure-reason` `pool-change-refused`): `image-change` and',
    '`another-pool`, in [changing-a-pool.md](changing-a-pool.md). So does `proof-room`: an account has no room for the temporary pool that is',
    'to prove an image. It is a warning, and an error with `prove: temporary-pool` or `stop-after: proof`. And so does `rollback-possible`: a',
    'pool can’t go back to its former image should its nodes fail with the new one. It is a note, and an error with `on-failure: rollback`.',
    '`stop-after` is an error where no temporary pool proves the image, and a note where there is nothing to prove.',
    ''
  ].join('\n')
}
