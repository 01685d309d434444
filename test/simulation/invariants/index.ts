import type { Invariant } from './invariant.ts'
import { adviceInvariants } from './advice.ts'
import { bakeInvariants } from './bake.ts'
import { contractInvariants } from './contract.ts'
import { endInvariants } from './ending.ts'
import { housekeepingInvariants } from './housekeeping.ts'
import { callInvariants, imageInvariants } from './image.ts'
import { poolInvariants } from './pool.ts'
import { proofInvariants } from './proof.ts'
import { reportInvariants } from './report.ts'
import { rollbackInvariants } from './rollback.ts'
import { refreshInvariants } from './refresh.ts'
import { regionInvariants } from './regions.ts'
import { sourceInvariants } from './source.ts'
import { stopInvariants } from './stop-after.ts'

/** All that must hold, whatever goes wrong. */
export const INVARIANTS: readonly Invariant[] = [
  ...poolInvariants,
  ...proofInvariants,
  ...rollbackInvariants,
  ...bakeInvariants,
  ...stopInvariants,
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
