/** What the disks of the source VM must be like. */
import { nameOf } from '../../model/arm-id.ts'
import type { Source, SourceDisk } from '../../model/observed.ts'
import { isJsonObject } from '../../model/json.ts'
import { fitOf } from './as-it-will-be.ts'
import { chosenDisks } from './chosen-disks.ts'
import { disksAre, named, ofSource } from './of-source.ts'
import { error, note, PAGE, warning, type Rule, type Verdict } from './rule.ts'

export const SOURCE_DISK_RULES: readonly Rule[] = [
  {
    id: 'ephemeral-os-disk',
    source: 'learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks (2026-09)',
    check: ofSource(({ input, osDisk, id }) =>
      osDisk.ephemeral === true
        ? error(
            `${input}: the OS disk of "${nameOf(id)}" is ephemeral: it is on the VM’s host alone, and no snapshot can be taken of it`,
            'build the VM with an OS disk that is a managed disk (az vm create without --ephemeral-os-disk); nodes may have ephemeral ones all the same'
          )
        : undefined
    )
  },
  {
    id: 'managed-disks',
    source: PAGE.galleryPools,
    check: ofSource((source, situation) => {
      const disks = chosenDisks(source, situation).filter(({ diskId }) => diskId === undefined)
      return disks.length === 0
        ? undefined
        : error(
            `${source.input}: ${disksAre(disks)} not managed by Azure, and snapshots are made of managed disks`,
            `convert the VM to managed disks (az vm convert), or leave data disks out with data-disks`
          )
    })
  },
  {
    id: 'azure-disk-encryption',
    source: PAGE.diskEncryption,
    check: ofSource((source, situation) => {
      const disks = chosenDisks(source, situation).filter(({ disk }) => disk?.azureDiskEncryption === true)
      return disks.length === 0
        ? undefined
        : error(
            `${source.input}: ${disksAre(disks)} encrypted by Azure Disk Encryption; no VM starts from an image with such a disk`,
            'turn Azure Disk Encryption off on the VM; encryption at rest and at host are no obstacle'
          )
    })
  },
  {
    id: 'disk-type',
    source:
      'learn.microsoft.com/azure/virtual-machines/disks-deploy-premium-v2, disks-enable-ultra-ssd (2025-06); Azure/azure-cli#29091',
    check: ofSource((source, situation) => {
      const disks = chosenDisks(source, situation).filter(({ disk }) => NO_IMAGE.test(disk?.sku ?? ''))
      if (disks.length === 0) return undefined
      const named = disks.map(({ name, disk }) => `"${name}" (${disk?.sku})`).join(', ')
      const wayOut = 'leave it out with data-disks; or copy it to a Premium_LRS disk, which takes its place on the VM'
      return situation.spec.image?.publishTo.kind === 'gallery'
        ? error(`${source.input}: ${named}: a gallery takes no Ultra and no Premium SSD v2 disks`, wayOut)
        : warning(
            `${source.input}: ${named}: images of Ultra and Premium SSD v2 disks are not documented as possible`,
            wayOut
          )
    })
  },
  {
    id: 'disk-size',
    source: `${PAGE.imageVersion}: a data disk has 1 TB at most; ${PAGE.gallery}: an image below 2 TB, or Shallow; the service’s own message names 2,048 (MicrosoftDocs/azure-docs#113012)`,
    check: ofSource((source, situation) => {
      const target = situation.spec.image?.publishTo
      if (target?.kind !== 'gallery') return undefined
      return chosenDisks(source, situation).flatMap(disk => sizeVerdict(source, disk, target.replicationMode))
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
            `data-disks: LUN ${missing.join(', ')} is not attached to "${nameOf(source.id)}"; it has ${has}`,
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
      const startTask = situation.pool && fitOf(situation.pool, situation).properties.startTask
      const wayOut =
        'mount them in the pool spec’s startTask, by label or UUID; or leave them out with data-disks: none'
      return situation.pool !== undefined && !isJsonObject(startTask)
        ? warning(
            `pool-spec: the image has data disks (${named(data)}) and the pool has no startTask; nodes don’t mount them`,
            wayOut
          )
        : note(
            `${source.input}: the image has data disks (${named(data)}), which nodes don’t mount by themselves`,
            wayOut
          )
    })
  },
  {
    id: 'temporary-drive',
    source: PAGE.galleryPools,
    check: ofSource(source =>
      note(
        `${source.input}: Batch’s node agent needs the default temporary drive (${source.osType === 'Windows' ? 'D:' : '/mnt, or /mnt/resource'}), and Azure doesn’t say whether the image keeps it`,
        'leave the temporary drive where the base image has it'
      )
    )
  },
  {
    id: 'os-disk-caching',
    source: PAGE.galleryPools,
    check: ofSource(({ input, osDisk }) =>
      osDisk.caching === 'ReadWrite'
        ? undefined
        : note(
            `${input}: the OS disk’s caching is "${osDisk.caching}", with which nodes start more slowly`,
            'set it to ReadWrite on the VM before the next image'
          )
    )
  }
]

/** Azure takes none of them for an image. */
const NO_IMAGE = /^(PremiumV2|UltraSSD)_LRS$/i

/** In GiB; the OS disk has no LUN. */
function sizeVerdict(
  { input }: Source,
  { name, lun, disk }: SourceDisk & { lun?: number },
  mode: 'Full' | 'Shallow'
): Verdict[] {
  const size = disk?.sizeGB ?? 0
  const what = `${input}: ${lun === undefined ? 'OS' : 'data'} disk "${name}" has ${size} GiB`
  const wayOut = `${lun === undefined ? '' : 'leave it out with data-disks, '}shrink it, or publish with replication-mode: Shallow`
  if (mode === 'Full' && size > 2_048)
    return [error(`${what}, and a disk of a gallery image has 2048 GiB at most`, wayOut)]
  return lun !== undefined && size > 1_024
    ? [
        warning(
          `${what}; Microsoft’s page says 1 TB at most for a data disk of a gallery image, the service itself 2048 GiB`,
          'if Azure refuses the version, leave the disk out with data-disks, or shrink it'
        )
      ]
    : []
}
