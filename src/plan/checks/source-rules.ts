/** What the source VM must be like for a pool's image to be made of it. */
import { nameOf } from '../../model/arm-id.ts'
import type { Source, SourceDisk } from '../../model/observed.ts'
import { virtualMachineConfigurationOf } from '../node-agent.ts'
import { isTrustedLaunch } from '../image-body.ts'
import type { Situation } from '../situation.ts'
import { isJsonObject } from '../../model/json.ts'
import { error, note, PAGE, warning, type Rule } from './rule.ts'

/** A check of what the image is made from; where the image is there already, the source no longer matters. */
function ofSource(check: (source: Source, situation: Situation) => ReturnType<Rule['check']>): Rule['check'] {
  return situation => {
    const { source } = situation.observed
    return source === undefined || situation.whole ? undefined : check(source, situation)
  }
}

const disksOf = (source: Source): SourceDisk[] => [source.osDisk, ...source.dataDisks]
const named = (disks: readonly SourceDisk[]): string => disks.map(({ name }) => `"${name}"`).join(', ')
/** `disk "a" is`, `disks "a", "b" are`. */
const disksAre = (disks: readonly SourceDisk[]): string =>
  disks.length === 1 ? `disk ${named(disks)} is` : `disks ${named(disks)} are`

/** The disks that go into the image: the OS disk and those that data-disks selects. */
function chosenDisks(source: Source, { spec }: Situation): SourceDisk[] {
  const wanted = spec.image?.dataDisks
  const data = source.dataDisks.filter(({ lun }) => wanted === 'all' || (Array.isArray(wanted) && wanted.includes(lun)))
  return [source.osDisk, ...data]
}

export const SOURCE_RULES: readonly Rule[] = [
  {
    id: 'source-exists',
    source: PAGE.galleryPools,
    check: situation => {
      const { spec, observed, whole } = situation
      if (spec.image === undefined || whole) return undefined
      const wayOut = 'correct the id, or give the caller the Reader role on the VM and its disks'
      if (observed.source === undefined) {
        return error(`source-vm: "${spec.image.sourceVmId}" does not exist, or the caller may not see it`, wayOut)
      }
      const unseen = chosenDisks(observed.source, situation).filter(
        ({ diskId, disk }) => diskId !== undefined && disk === undefined
      )
      return unseen.length === 0
        ? undefined
        : error(`source-vm: ${disksAre(unseen)} not there, or the caller may not see it`, wayOut)
    }
  },
  {
    id: 'generalized',
    source: PAGE.galleryPools,
    check: ofSource((source, { spec }) =>
      source.generalized || spec.image?.generalized === true
        ? undefined
        : error(
            `source-vm: "${nameOf(source.vmId)}" is not known to Azure as generalized, and Batch takes generalized images only`,
            'generalize the guest (waagent -deprovision+user, or sysprep /generalize), then say generalize: done'
          )
    )
  },
  {
    id: 'managed-disks',
    source: PAGE.galleryPools,
    check: ofSource(source => {
      const disks = disksOf(source).filter(({ diskId }) => diskId === undefined)
      return disks.length === 0
        ? undefined
        : error(
            `source-vm: ${disksAre(disks)} not managed by Azure, and snapshots are made of managed disks`,
            `convert the VM to managed disks (az vm convert), or leave data disks out with data-disks`
          )
    })
  },
  {
    id: 'vm-extensions',
    source: PAGE.galleryPools,
    check: ofSource(({ extensions, vmId }) =>
      extensions.length === 0
        ? undefined
        : error(
            `source-vm: "${nameOf(vmId)}" has extensions: ${extensions.map(({ publisher, type }) => `${publisher}.${type}`).join(', ')}; nodes of a pool may fail to start from such an image`,
            'remove the extensions from the VM; give nodes theirs by the pool spec’s virtualMachineConfiguration.extensions'
          )
    )
  },
  {
    id: 'azure-disk-encryption',
    source: PAGE.diskEncryption,
    check: ofSource((source, situation) => {
      const disks = chosenDisks(source, situation).filter(({ disk }) => disk?.azureDiskEncryption === true)
      return disks.length === 0
        ? undefined
        : error(
            `source-vm: ${disksAre(disks)} encrypted by Azure Disk Encryption; no VM starts from an image with such a disk`,
            'turn Azure Disk Encryption off on the VM; encryption at rest and at host are no obstacle'
          )
    })
  },
  {
    id: 'purchase-plan',
    source: PAGE.managedImagePools,
    check: ofSource(source => {
      const plan = source.plan ?? source.osDisk.disk?.purchasePlan
      return plan === undefined
        ? undefined
        : error(
            `source-vm: "${nameOf(source.vmId)}" has the purchase plan "${plan.publisher}:${plan.product}:${plan.name}"; Batch takes base images without one`,
            'build the VM from an image without a purchase plan'
          )
    })
  },
  {
    id: 'disk-size',
    source: PAGE.imageVersion,
    check: ofSource((source, situation) => {
      if (situation.spec.image?.publishTo.kind !== 'gallery') return undefined
      const large = chosenDisks(source, situation).filter(({ disk }, index) => index > 0 && (disk?.sizeGB ?? 0) > 1_024)
      return large.map(({ name, disk }) =>
        error(
          `source-vm: data disk "${name}" has ${disk?.sizeGB} GiB, and a data disk of a gallery image has 1024 GiB at most`,
          'leave it out with data-disks, or shrink it'
        )
      )
    })
  },
  {
    id: 'data-disk-luns',
    source: 'storageProfile.dataDisks in GET virtualMachines/{vm}',
    check: ofSource((source, { spec }) => {
      const wanted = spec.image?.dataDisks
      const missing = Array.isArray(wanted)
        ? wanted.filter(lun => source.dataDisks.every(disk => disk.lun !== lun))
        : []
      const has = source.dataDisks.map(({ lun }) => lun).join(', ') || 'none'
      return missing.length === 0
        ? undefined
        : error(
            `data-disks: LUN ${missing.join(', ')} is not attached to "${nameOf(source.vmId)}"; it has ${has}`,
            'name LUNs that are there'
          )
    })
  },
  {
    id: 'data-disks-mounted',
    source: PAGE.galleryPools,
    check: ofSource((source, situation) => {
      const data = chosenDisks(source, situation).slice(1)
      if (data.length === 0) return undefined
      const startTask = situation.pool?.properties.startTask
      const wayOut =
        'mount them in the pool spec’s startTask, by label or UUID; or leave them out with data-disks: none'
      return situation.pool !== undefined && !isJsonObject(startTask)
        ? warning(
            `pool-spec: the image has data disks (${named(data)}) and the pool has no startTask; nodes don’t mount them`,
            wayOut
          )
        : note(`source-vm: the image has data disks (${named(data)}), which nodes don’t mount by themselves`, wayOut)
    })
  },
  {
    id: 'temporary-drive',
    source: PAGE.galleryPools,
    check: ofSource(source =>
      note(
        `source-vm: Batch’s node agent needs the default temporary drive (${source.osType === 'Windows' ? 'D:' : '/mnt, or /mnt/resource'}), and Azure doesn’t say whether the image keeps it`,
        'leave the temporary drive where the base image has it'
      )
    )
  },
  {
    id: 'os-disk-caching',
    source: PAGE.galleryPools,
    check: ofSource(({ osDisk }) =>
      osDisk.caching === 'ReadWrite'
        ? undefined
        : note(
            `source-vm: the OS disk’s caching is "${osDisk.caching}", with which nodes start more slowly`,
            'set it to ReadWrite on the VM before the next image'
          )
    )
  },
  {
    id: 'vm-running',
    source: PAGE.imageVersion,
    check: ofSource(({ powerState, vmId, dataDisks }, { spec }) =>
      powerState === undefined || /deallocated|stopped/.test(powerState) || spec.image?.stopVm !== false
        ? undefined
        : warning(
            `source-vm: "${nameOf(vmId)}" is ${powerState}; each snapshot is what its disk held at that instant${dataDisks.length > 0 ? ', and not the same instant for all disks' : ''}`,
            'say stop-vm: true, or deallocate the VM before the run'
          )
    )
  },
  {
    id: 'trusted-launch-managed-image',
    source: PAGE.trustedLaunch,
    check: ofSource((source, { spec }) =>
      isTrustedLaunch(source) && spec.image?.publishTo.kind === 'managed'
        ? error(
            `publish-to: "${nameOf(source.vmId)}" is a Trusted Launch VM, of which no managed image can be made`,
            'publish to a gallery image definition'
          )
        : undefined
    )
  },
  {
    id: 'trusted-launch-pool',
    source: PAGE.trustedLaunch,
    check: ofSource((source, { pool }) => {
      if (pool === undefined || !isTrustedLaunch(source)) return undefined
      const security = virtualMachineConfigurationOf(pool.properties)?.securityProfile
      return isJsonObject(security) && security.securityType !== undefined
        ? undefined
        : error(
            `pool-spec: "${nameOf(source.vmId)}" is a Trusted Launch VM, and only Trusted Launch nodes start from its image`,
            'add securityProfile: { securityType: trustedLaunch, uefiSettings: … } to virtualMachineConfiguration, with a vmSize that has it'
          )
    })
  }
]
