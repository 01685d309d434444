/** What the source VM must be like for a pool's image to be made of it. */
import { nameOf } from '../../model/arm-id.ts'
import type { Source } from '../../model/observed.ts'
import { sameRegion } from '../../model/region.ts'
import { hasCustomersKey, securityTypeOf } from '../image/security.ts'
import type { Situation } from '../situation.ts'
import { chosenDisks } from './chosen-disks.ts'
import { disksAre, ofSource } from './of-source.ts'
import { CONFIDENTIAL, error, PAGE, warning, type Rule, type Verdict } from './rule.ts'

export const SOURCE_RULES: readonly Rule[] = [
  {
    id: 'source-exists',
    source: PAGE.galleryPools,
    check: situation => {
      const { spec, observed, imageExists } = situation
      if (spec.image === undefined || imageExists) return undefined
      const wayOut = 'correct the id, or give the caller the Reader role on the VM and its disks'
      if (observed.source === undefined) {
        return error(
          `${spec.image.source.input}: "${spec.image.source.id}" does not exist, or the caller may not see it`,
          wayOut
        )
      }
      const unseen = chosenDisks(observed.source, situation).filter(
        ({ diskId, disk, ephemeral }) => diskId !== undefined && disk === undefined && ephemeral !== true
      )
      return unseen.length === 0
        ? undefined
        : error(`${observed.source.input}: ${disksAre(unseen)} not there, or the caller may not see it`, wayOut)
    }
  },
  {
    id: 'generalized',
    source: PAGE.galleryPools,
    check: ofSource((source, { spec }) =>
      source.generalized || spec.image?.generalized === true
        ? undefined
        : error(
            `${source.input}: "${nameOf(source.id)}" is not known to Azure as generalized, and Batch takes generalized images only`,
            'generalize the guest (waagent -deprovision+user, or sysprep /generalize), then say generalize: done'
          )
    )
  },
  {
    id: 'vm-extensions',
    source: PAGE.galleryPools,
    check: ofSource(({ input, extensions, id }) =>
      extensions.length === 0
        ? undefined
        : warning(
            `${input}: "${nameOf(id)}" has extensions: ${extensions.map(({ publisher, type }) => `${publisher}.${type}`).join(', ')}; nodes of a pool may fail to start from such an image`,
            'remove the extensions from the VM; give nodes theirs by the pool spec’s virtualMachineConfiguration.extensions'
          )
    )
  },
  {
    id: 'vm-running',
    source: PAGE.imageVersion,
    check: ofSource(({ input, powerState, id, dataDisks }, { spec }) =>
      powerState === undefined || /deallocated|stopped/.test(powerState) || spec.image?.stopVm !== false
        ? undefined
        : warning(
            `${input}: "${nameOf(id)}" is ${powerState}; each snapshot is what its disk held at that instant${dataDisks.length > 0 ? ', and not the same instant for all disks' : ''}`,
            'say stop-vm: true, or deallocate the VM before the run'
          )
    )
  },
  {
    id: 'trusted-launch-managed-image',
    source: `${PAGE.trustedLaunch}; ${CONFIDENTIAL}`,
    check: ofSource((source, { spec }) => {
      const type = securityTypeOf(source)
      return type === 'Standard' || spec.image?.publishTo.kind !== 'managed'
        ? undefined
        : error(
            `publish-to: "${nameOf(source.id)}" is a ${type === 'TrustedLaunch' ? 'Trusted Launch' : 'confidential'} VM, of which no managed image can be made`,
            'publish to a gallery image definition'
          )
    })
  },
  {
    id: 'confidential-source',
    source: CONFIDENTIAL,
    check: ofSource((source, situation) => {
      const target = situation.spec.image?.publishTo
      return securityTypeOf(source) === 'ConfidentialVM' && target?.kind === 'gallery'
        ? confidentialVerdicts(source, situation, target.targetRegions)
        : undefined
    })
  }
]

function confidentialVerdicts(
  source: Source,
  { observed: { account } }: Situation,
  asked: readonly { region: string }[]
): Verdict[] {
  const is = `${source.input}: "${nameOf(source.id)}" is a confidential VM`
  const verdicts: Verdict[] = []
  if (hasCustomersKey(source)) {
    verdicts.push(
      error(
        `${is} whose OS disk is encrypted with a customer’s key; its image needs a disk encryption set, which this action can’t name`,
        'build the VM with a platform-managed key'
      )
    )
  }
  const regions = [...asked.map(({ region }) => region), ...(account === undefined ? [] : [account.location])]
  const far = [...new Set(regions.filter(region => !sameRegion(region, source.location)))]
  if (far.length > 0) {
    verdicts.push(
      error(
        `${is} in "${source.location}", and its image can’t be replicated to another region: ${far.join(', ')}`,
        'build the VM in the Batch account’s region, and leave target-regions out'
      )
    )
  }
  if (source.osType === 'Windows' && /DiskEncrypted/i.test(source.osDisk.disk?.securityType ?? '')) {
    verdicts.push(
      warning(
        `${is} with an encrypted OS disk; Microsoft’s page says that sysprep may not be able to generalize it, a later report that it is`,
        'if nodes don’t start, build the VM without encryption of its OS disk'
      )
    )
  }
  return verdicts
}
