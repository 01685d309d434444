/** Identities, application packages and disk encryption sets that the pool spec names. */
import { nameOf, parentId, sameId } from '../../model/arm-id.ts'
import type { ApplicationPackage, Named } from '../../model/observed.ts'
import { sameRegion } from '../../model/region.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { ofLooked, refusedUnlessThere } from './looked.ts'
import { ofPool } from './of-pool.ts'
import { error, PAGE, type Rule, type Verdict } from './rule.ts'

export const NAMED_RULES: readonly Rule[] = [
  {
    id: 'identities',
    source: PAGE.batchContract,
    check: ofPool((_wish, { observed: { named, pool } }) =>
      named?.identities.flatMap(({ id, looked }) => {
        const about = `pool-spec: user-assigned identity "${nameOf(id)}"`
        return ofLooked(about, looked, found =>
          found !== undefined
            ? []
            : [
                refusedUnlessThere(pool, id)(
                  `${about} does not exist`,
                  'correct identity.userAssignedIdentities, or create it (az identity create)'
                )
              ]
        )
      })
    )
  },
  {
    id: 'application-packages',
    source: `${PAGE.batchContract}: 409 InvalidApplicationPackageReferences`,
    check: ofPool((wanted, situation) =>
      situation.observed.named?.packages.flatMap(one => [
        ...inAccount(one, wanted),
        ...ofLooked(aboutPackage(one), one.looked, found => packageVerdicts(one, found, situation))
      ])
    )
  },
  {
    id: 'encryption-sets',
    source: 'learn.microsoft.com/azure/virtual-machines/disk-encryption (restrictions)',
    check: ofPool((_wish, { observed: { named, account, pool } }) =>
      named?.encryptionSets.flatMap(({ id, looked }) => {
        const about = `pool-spec: disk encryption set "${nameOf(id)}"`
        return ofLooked(about, looked, found => {
          if (found === undefined) {
            return [refusedUnlessThere(pool, id)(`${about} does not exist`, 'correct the id, or create it')]
          }
          return account === undefined || sameRegion(found.location, account.location)
            ? []
            : [
                error(
                  `${about} is in "${found.location}", and the nodes’ disks in "${account.location}"; both must be in one region`,
                  'name a disk encryption set of the account’s region'
                )
              ]
        })
      })
    )
  }
]

type Package = Named['packages'][number]

const aboutPackage = ({ id, version }: Package): string =>
  `pool-spec: application package "${nameOf(id)}"${version === undefined ? '' : ` version "${version}"`}`

function inAccount({ id, version, looked }: Package, { spec }: WantedPool): Verdict[] {
  return sameId(parentId(id), spec.batchAccountId)
    ? []
    : [
        error(
          `${aboutPackage({ id, looked, ...(version === undefined ? {} : { version }) })} is of account "${nameOf(parentId(id))}"; a pool takes packages of its own account only`,
          `upload it to "${nameOf(spec.batchAccountId)}", and name that`
        )
      ]
}

function packageVerdicts(one: Package, found: ApplicationPackage | undefined, { observed }: Situation): Verdict[] {
  const refuse = refusedUnlessThere(observed.pool, one.id)
  const about = aboutPackage(one)
  if (found === undefined) {
    return [
      refuse(`${about} does not exist`, 'upload it (az batch application package create), or name one that is there')
    ]
  }
  if (one.version === undefined) {
    return found.version === undefined
      ? [refuse(`${about} has no default version, and the pool spec names none`, 'name a version, or set a default')]
      : []
  }
  return found.state === 'Pending'
    ? [refuse(`${about} was uploaded and not activated`, 'activate it (az batch application package activate)')]
    : []
}
