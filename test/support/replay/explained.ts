/** Differences from recordings that are known, and why they stay; FIDELITY.md says the same where it concerns a user. */
import type { Found } from './fidelity.ts'

type Explanation = { op: RegExp; about: RegExp; why: string }

export const EXPLAINED: readonly Explanation[] = [
  {
    op: /^compute:vm\./,
    about: /^status$/,
    why: 'an outage of 2018: 503 with an empty body, gone when the call was repeated'
  },
  { op: /^armbatch:pool\./, about: /displayName$/, why: 'shown since 2020, whatever the version' },
  { op: /^armbatch:pool\./, about: /jobDefaultOrder$/, why: 'since 2025-06-01; the recordings are of older versions' },
  { op: /^armbatch:pool\./, about: /nodeDeallocationOption$/, why: 'a number in 2017, a word since' },
  {
    op: /^armbatch:pool\.stopresize$/,
    about: /resizeOperationStatus$/,
    why: 'the recording has no look at the pool after its last resize: the world begins without that'
  },
  {
    op: /^compute:galleryImageVersion\.update$/,
    about: /allowDeletionOfReplicatedLocations$/,
    why: 'versions that an api-version of 2022-01-03 made have none'
  },
  {
    op: /^compute:galleryImageVersion\./,
    about: /^retry-after$/,
    why: 'one file of 2022 has 60 s, none before or after'
  },
  { op: /^compute:snapshot\.update$/, about: /colocationConstraints$/, why: 'an empty object in one file of 2022' },
  {
    op: /^dp:(?:node|pool)\./,
    about: /certificateReferences$/,
    why: 'certificates of pools are gone since 2025-06-01: an empty list isn\u2019t shown in older versions either'
  },
  { op: /^dp:node\.(?:list|get)$/, about: /endpointConfiguration$/, why: 'ways into nodes aren\u2019t emulated' },
  {
    op: /^dp:other\.jobschedules$/,
    about: /executionInfo\.poolId$/,
    why: 'a job of a schedule makes no pool of its own here: an autoPoolSpecification has no pool'
  },
  { op: /^dp:pool\.list$/, about: /applicationLicenses$/, why: 'licences aren\u2019t emulated' },
  {
    op: /^dp:pool\.list$/,
    about: /(?:maxTasksPerNode|taskSlotsPerNode)$/,
    why: 'renamed in 2020-09-01.12.0, which is older than all spoken here'
  }
]

export function explanationOf({ op, about }: Found): Explanation | undefined {
  return EXPLAINED.find(one => one.op.test(op) && one.about.test(about))
}
