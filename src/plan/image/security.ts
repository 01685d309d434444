/** What the security type of a source VM makes of an image of it: a snapshot of such an OS disk has guest state. */
import type { JsonObject } from '../../model/json.ts'
import type { Source } from '../../model/observed.ts'

type SecurityType = 'Standard' | 'TrustedLaunch' | 'ConfidentialVM'

/** The VM's own word, else that of its OS disk (`ConfidentialVM_DiskEncryptedWithPlatformKey`). */
export function securityTypeOf({ securityType, osDisk }: Source): SecurityType {
  const text = securityType ?? osDisk.disk?.securityType ?? ''
  if (/^trustedlaunch/i.test(text)) return 'TrustedLaunch'
  return /^confidentialvm/i.test(text) ? 'ConfidentialVM' : 'Standard'
}

/** From a disk's word to a gallery's (`DiskSecurityTypes`, `ConfidentialVMEncryptionType`). A customer's key needs more than a word. */
const ENCRYPTIONS: Readonly<Record<string, string>> = {
  confidentialvm_vmgueststateonlyencryptedwithplatformkey: 'EncryptedVMGuestStateOnlyWithPmk',
  confidentialvm_diskencryptedwithplatformkey: 'EncryptedWithPmk',
  confidentialvm_nonpersistedtpm: 'NonPersistedTPM'
}

export function hasCustomersKey({ osDisk }: Source): boolean {
  return /CustomerKey$/i.test(osDisk.disk?.securityType ?? '')
}

/** What each region of a confidential version says: its encryption must be that of the source. Undefined for other sources. */
export function regionEncryption(source: Source): JsonObject | undefined {
  const type = ENCRYPTIONS[source.osDisk.disk?.securityType?.toLowerCase() ?? '']
  return securityTypeOf(source) !== 'ConfidentialVM' || type === undefined
    ? undefined
    : { osDiskImage: { securityProfile: { confidentialVMEncryptionType: type } } }
}
