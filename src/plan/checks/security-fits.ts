/** Security types of image, pool and size against each other. */
import { objectAt, type Fit } from './as-it-will-be.ts'
import type { FitRule } from './fit-rule.ts'
import { CONFIDENTIAL, error, PAGE, warning, type Verdict } from './rule.ts'

export const SECURITY_FITS: readonly FitRule[] = [
  {
    id: 'security-type',
    source: `${PAGE.trustedLaunch}; ${CONFIDENTIAL}; Compute’s own messages: microsoft/STL#3159, Azure/azure-cli#27975`,
    check: fit => {
      const { securityType } = fit.image
      return securityType === undefined ? undefined : againstImage(poolType(fit), securityType)
    }
  },
  {
    id: 'security-size',
    source: `${PAGE.trustedLaunch}; TrustedLaunchDisabled, ConfidentialComputingType in GET locations/{l}/virtualMachineSkus`,
    check: fit => {
      const type = poolType(fit)
      const { image, size, sizes } = fit
      if (type === undefined) return undefined
      const named = WORDS[type]
      if (image.hyperVGeneration === 'V1') {
        return error(
          `pool-spec: securityProfile asks for ${named} nodes, which need an image of generation 2, and this one is V1`,
          'leave securityType out, or build the VM as one of generation 2'
        )
      }
      const other = `choose a size that has ${named} nodes, or leave securityType out`
      if (size === undefined) return undefined
      if (size.hyperVGenerations !== undefined && !size.hyperVGenerations.includes('V2')) {
        return error(`pool-spec: vmSize "${size.name}" is of generation 1, and ${named} nodes need 2`, other)
      }
      const isListed = sizes.some(one => one.confidentialComputingType !== undefined)
      const lacks =
        type === 'trustedlaunch'
          ? size.trustedLaunchDisabled === true
          : isListed && size.confidentialComputingType === undefined
      return lacks ? error(`pool-spec: vmSize "${size.name}" has no ${named} nodes`, other) : undefined
    }
  },
  {
    id: 'confidential-disk',
    source: PAGE.batchContract,
    check: fit => {
      const { securityEncryptionType: type } = objectAt(fit.virtualMachine, 'osDisk', 'managedDisk', 'securityProfile')
      const isConfidential = poolType(fit) === 'confidentialvm'
      if (isConfidential === (type !== undefined)) return undefined
      return isConfidential
        ? error(
            'pool-spec: confidential nodes without osDisk.managedDisk.securityProfile.securityEncryptionType, which they need',
            'add it: VMGuestStateOnly, NonPersistedTPM or DiskWithVMGuestState'
          )
        : error(
            'pool-spec: osDisk.managedDisk.securityProfile.securityEncryptionType is for confidential nodes only',
            'leave it out, or say securityProfile.securityType: confidentialVM'
          )
    }
  }
]

type PoolType = 'trustedlaunch' | 'confidentialvm'
const WORDS: Record<PoolType, string> = { trustedlaunch: 'Trusted Launch', confidentialvm: 'confidential' }

/** Resource Manager answers in another casing than it was sent (recorded: `ConfidentialVM`). */
function poolType({ virtualMachine }: Fit): PoolType | undefined {
  const text = String(objectAt(virtualMachine, 'securityProfile').securityType ?? '').toLowerCase()
  return text === 'trustedlaunch' || text === 'confidentialvm' ? text : undefined
}

const ADD_TRUSTED_LAUNCH =
  'add securityProfile: { securityType: trustedLaunch, uefiSettings: … } to virtualMachineConfiguration, with a vmSize that has it'
const ADD_CONFIDENTIAL =
  'add securityProfile: { securityType: confidentialVM, … } and osDisk.managedDisk.securityProfile to virtualMachineConfiguration, with a vmSize that has it'
const LEAVE_OUT = 'leave securityType out, or roll out an image whose definition supports it'

/** Of the definition's SecurityType, what it says of the nodes: it alone (`only`), or it too (`also`). */
const IMAGES: Readonly<Record<string, { only?: PoolType; also: readonly PoolType[] }>> = {
  standard: { also: [] },
  trustedlaunch: { only: 'trustedlaunch', also: [] },
  confidentialvm: { only: 'confidentialvm', also: [] },
  trustedlaunchsupported: { also: ['trustedlaunch'] },
  confidentialvmsupported: { also: ['confidentialvm'] },
  trustedlaunchandconfidentialvmsupported: { also: ['trustedlaunch', 'confidentialvm'] }
}

function againstImage(pool: PoolType | undefined, ofImage: string): Verdict | undefined {
  const image = IMAGES[ofImage.toLowerCase()]
  if (image === undefined || pool === image.only) return undefined
  const asks = pool === undefined ? 'has no securityProfile.securityType' : `asks for ${WORDS[pool]} nodes`
  if (image.only !== undefined) {
    return error(
      `pool-spec: ${asks}, and the image is of security type ${ofImage}, of which only ${WORDS[image.only]} nodes are made`,
      image.only === 'trustedlaunch' ? ADD_TRUSTED_LAUNCH : ADD_CONFIDENTIAL
    )
  }
  if (pool === undefined || image.also.includes(pool)) return undefined
  const message = `pool-spec: ${asks}, and the image is of security type ${ofImage}`
  // Compute's own words are known for this pair alone.
  return pool === 'trustedlaunch' && ofImage.toLowerCase() === 'standard'
    ? error(`${message}, of which none are made`, LEAVE_OUT)
    : warning(`${message}; nodes may not be made`, LEAVE_OUT)
}
