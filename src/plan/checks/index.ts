/** Everything that is checked before anything is made, as one table. */
import type { Finding } from '../../model/plan.ts'
import type { Situation } from '../situation.ts'
import { ACCESS_RULES } from './access-rules.ts'
import { COMPATIBILITY_RULES } from './compatibility-rules.ts'
import { FORMULA_RULES } from './formula-rules.ts'
import { GOING_AWAY_RULES } from './going-away-rules.ts'
import { IMAGE_RULES } from './image-rules.ts'
import { LIMIT_RULES } from './limit-rules.ts'
import { MANAGED_IMAGE_RULES } from './managed-image-rules.ts'
import { NAMED_RULES } from './named-rules.ts'
import { NETWORK_RULES } from './network-rules.ts'
import { POOL_BODY_RULES } from './pool-body-rules.ts'
import { POOL_RULES } from './pool-rules.ts'
import { PLACE_RULES } from './place-rules.ts'
import { PROOF_RULES } from './proof-rules.ts'
import { runRules, type Rule } from './rule.ts'
import { SOURCE_DISK_RULES } from './source-disk-rules.ts'
import { SOURCE_RULES } from './source-rules.ts'
import { VERSION_RULES } from './version-rules.ts'
import { VM_LEASE_RULES } from './vm-lease-rules.ts'

export const RULES: readonly Rule[] = [
  ...SOURCE_RULES,
  ...SOURCE_DISK_RULES,
  ...VM_LEASE_RULES,
  ...IMAGE_RULES,
  ...VERSION_RULES,
  ...PROOF_RULES,
  ...PLACE_RULES,
  ...ACCESS_RULES,
  ...POOL_RULES,
  ...POOL_BODY_RULES,
  ...FORMULA_RULES,
  ...COMPATIBILITY_RULES,
  ...NETWORK_RULES,
  ...NAMED_RULES,
  ...LIMIT_RULES,
  ...MANAGED_IMAGE_RULES,
  ...GOING_AWAY_RULES
]

export function checkAll(situation: Situation): Finding[] {
  const findings = runRules(RULES, situation)
  return situation.spec.rollout?.poolFrom === 'pool' ? findings.map(ofPoolAsItIs) : findings
}

/** Rules speak of the pool spec. Where a pool is taken as it is, that is the pool itself, and its input is another. */
function ofPoolAsItIs(finding: Finding): Finding {
  return { ...finding, message: finding.message.replace(/^pool-spec: /, 'pool: ') }
}
