import type { Invariant } from './invariant.ts'
import { adviceInvariants } from './advice.ts'
import { contractInvariants } from './contract.ts'
import { endInvariants } from './ending.ts'
import { housekeepingInvariants } from './housekeeping.ts'
import { callInvariants, imageInvariants } from './image.ts'
import { poolInvariants } from './pool.ts'
import { proofInvariants } from './proof.ts'
import { reportInvariants } from './report.ts'
import { refreshInvariants } from './refresh.ts'
import { regionInvariants } from './regions.ts'
import { sourceInvariants } from './source.ts'

/** All that must hold, whatever goes wrong. */
export const INVARIANTS: readonly Invariant[] = [
  ...poolInvariants,
  ...proofInvariants,
  ...refreshInvariants,
  ...imageInvariants,
  ...callInvariants,
  ...sourceInvariants,
  ...regionInvariants,
  ...endInvariants,
  ...housekeepingInvariants,
  ...adviceInvariants,
  ...reportInvariants,
  ...contractInvariants
]
