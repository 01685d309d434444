/** A pool’s disks and slots against its size, its image and its account. */
import { describePlan } from '../image/image-body.ts'
import { listAt, objectAt, type Fit } from './as-it-will-be.ts'
import type { FitRule } from './fit-rule.ts'
import { error, note, PAGE, warning, type Verdict } from './rule.ts'

const EPHEMERAL = 'learn.microsoft.com/azure/batch/create-pool-ephemeral-os-disk (2025-03)'

export const SIZE_FITS: readonly FitRule[] = [
  {
    id: 'ephemeral-nodes',
    source: `${EPHEMERAL}; learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks (2026-09)`,
    ofScale: true,
    check: fit => (isEphemeral(fit) ? [...ephemeralSize(fit), ...ephemeralSpot(fit)] : undefined)
  },
  {
    id: 'premium-storage',
    source: 'PremiumIO in GET locations/{l}/virtualMachineSkus; MicrosoftDocs/azure-docs#119870',
    check: ({ virtualMachine, size }) => {
      const disks: [string, unknown][] = [
        ['osDisk', objectAt(virtualMachine, 'osDisk', 'managedDisk').storageAccountType],
        ...listAt(virtualMachine, 'dataDisks').map((disk): [string, unknown] => [
          `dataDisks[${String(disk.lun)}]`,
          objectAt(disk, 'managedDisk').storageAccountType ?? disk.storageAccountType
        ])
      ]
      const premium = disks.filter(([, type]) => String(type).toLowerCase() === 'premium_lrs').map(([name]) => name)
      return size?.premiumStorage !== false || premium.length === 0
        ? undefined
        : error(
            `pool-spec: ${premium.join(', ')} on Premium_LRS, and vmSize "${size.name}" takes no premium storage`,
            'choose Standard_LRS or StandardSSD_LRS, or a size that takes it (PremiumIO)'
          )
    }
  },
  {
    id: 'data-disk-count',
    source: 'MaxDataDiskCount in GET locations/{l}/virtualMachineSkus',
    check: ({ virtualMachine, size, image }) => {
      const own = listAt(virtualMachine, 'dataDisks').length
      const { length: ofImage } = image.dataLuns
      return size?.maxDataDisks === undefined || own + ofImage <= size.maxDataDisks
        ? undefined
        : error(
            `pool-spec: ${ofImage} data disks of the image and ${own} of the pool; vmSize "${size.name}" takes ${size.maxDataDisks} at most`,
            'choose a larger size, or leave disks out (data-disks, dataDisks)'
          )
    }
  },
  {
    id: 'pool-data-disk-luns',
    source:
      'Microsoft.Batch resource manager contract, 2024-07-01 (each disk has a LUN of its own); hashicorp/packer-plugin-azure#626 (2026); how Batch takes one that the image has: not documented',
    check: ({ virtualMachine, image }) => {
      const taken = listAt(virtualMachine, 'dataDisks').filter(({ lun }) => image.dataLuns.includes(Number(lun)))
      return taken.length === 0
        ? undefined
        : warning(
            `pool-spec: dataDisks have LUN ${taken.map(({ lun }) => String(lun)).join(', ')}, where the image has a data disk; nodes may not be made`,
            'give the pool’s own data disks LUNs that the image leaves free, or leave the image’s out with data-disks'
          )
    }
  },
  {
    id: 'os-disk-size',
    source:
      'Compute’s own message: “The specified disk size … is smaller than the size of the corresponding disk in the VM image”',
    check: ({ virtualMachine, image }) => {
      const { diskSizeGB } = objectAt(virtualMachine, 'osDisk')
      return typeof diskSizeGB !== 'number' || image.osDiskGB === undefined || diskSizeGB >= image.osDiskGB
        ? undefined
        : error(
            `pool-spec: osDisk.diskSizeGB ${diskSizeGB} is below the ${image.osDiskGB} GiB of the image’s OS disk`,
            `leave it out, or ask for ${image.osDiskGB} at least`
          )
    }
  },
  {
    id: 'task-slots',
    source: PAGE.batchContract,
    check: ({ properties, size }) => {
      const slots = Number(properties.taskSlotsPerNode ?? properties.maxTasksPerNode ?? 1)
      return size?.vCpus === undefined || slots <= 4 * size.vCpus
        ? undefined
        : error(
            `pool-spec: ${slots} task slots for each node; 4 for each of the ${size.vCpus} vCPUs of "${size.name}" are the most`,
            `ask for ${4 * size.vCpus} at most, or for a larger size`
          )
    }
  },
  {
    id: 'vm-size-end-of-life',
    source: 'batchSupportEndOfLife in GET locations/{l}/virtualMachineSkus',
    check: ({ size }, { observed }) => {
      const end = size?.batchSupportEndOfLife
      if (size === undefined || end === undefined || Date.parse(end) - observed.at > HALF_A_YEAR_MS) return undefined
      const ended = Date.parse(end) <= observed.at
      return warning(
        `pool-spec: Batch’s support of vmSize "${size.name}" ${ended ? 'ended' : 'ends'} on ${end.slice(0, 10)}${ended ? '; nodes may not be made' : ''}`,
        'plan to move to a newer size'
      )
    }
  },
  {
    id: 'purchase-plan',
    source: `${PAGE.galleryPools}: taken where the definition has the same plan; ${PAGE.managedImagePools}: not taken`,
    check: ({ wanted, image: { plan }, account }) => {
      if (plan === undefined) return undefined
      const about = `image: its base image has the purchase plan "${describePlan(plan)}"`
      const wayOut =
        'build the VM from an image without a purchase plan, or use an account of the user-subscription mode'
      if (wanted.managed) {
        return error(
          `${about}; Batch takes managed images without one`,
          'build the VM from an image without a purchase plan, or publish to a gallery'
        )
      }
      return account?.poolAllocationMode === 'UserSubscription'
        ? note(
            `${about}, whose terms must be accepted in the account’s subscription`,
            'accept them once (az vm image terms accept)'
          )
        : warning(
            `${about}; nodes of a Batch-service account are in Batch’s own subscriptions, where nobody has accepted its terms`,
            wayOut
          )
    }
  }
]

const HALF_A_YEAR_MS = 180 * 86_400_000

const isEphemeral = ({ virtualMachine }: Fit): boolean =>
  objectAt(virtualMachine, 'osDisk').ephemeralOSDiskSettings !== undefined

function ephemeralSize({ virtualMachine, size, image }: Fit): Verdict[] {
  if (size?.ephemeralOsDisk === false) {
    return [
      error(
        `pool-spec: asks for an ephemeral OS disk, which vmSize "${size.name}" doesn’t have`,
        'leave osDisk.ephemeralOSDiskSettings out, or choose a size that has it (EphemeralOSDiskSupported)'
      )
    ]
  }
  const { diskSizeGB } = objectAt(virtualMachine, 'osDisk')
  // Where the spec doesn't say where, Compute takes the temporary disk of a size that has no cache.
  const { placement } = objectAt(virtualMachine, 'osDisk', 'ephemeralOSDiskSettings')
  if (placement === undefined && size?.cachedDiskGB === 0) return []
  const needed = typeof diskSizeGB === 'number' ? diskSizeGB : image.osDiskGB
  return needed === undefined || size?.cachedDiskGB === undefined || needed <= size.cachedDiskGB
    ? []
    : [
        error(
          `pool-spec: an ephemeral OS disk of ${needed} GiB doesn’t fit in the ${size.cachedDiskGB} GiB cache of vmSize "${size.name}"`,
          'leave osDisk.ephemeralOSDiskSettings out, or choose a size with a larger cache'
        )
      ]
}

/** Batch's low-priority nodes are Spot VMs in user-subscription accounts; in others since 2026-03-31, as is announced. */
function ephemeralSpot({ goal, account }: Fit): Verdict[] {
  if (goal === undefined || goal.lowPriority === 0) return []
  const message =
    'pool-spec: asks for low-priority nodes with an ephemeral OS disk, which Batch doesn’t have for Spot VMs'
  const wayOut = 'leave osDisk.ephemeralOSDiskSettings out, or ask for dedicated nodes alone'
  return [account?.poolAllocationMode === 'UserSubscription' ? error(message, wayOut) : warning(message, wayOut)]
}
