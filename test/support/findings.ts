/** What one rule of the checks says, for tests of a rule alone. */
import type { Observed } from '../../src/model/observed.ts'
import type { Finding } from '../../src/model/plan.ts'
import type { RunContext, Spec } from '../../src/model/spec.ts'
import { checkAll } from '../../src/plan/checks/index.ts'
import { situationOf } from '../../src/plan/situation.ts'
import { CONTEXT } from './observed-fixtures.ts'

export function findingsOf(rule: string, spec: Spec, seen: Observed, context: RunContext = CONTEXT): Finding[] {
  return checkAll(situationOf(spec, seen, context)).filter(finding => finding.rule === rule)
}

export function severitiesOf(rule: string, spec: Spec, seen: Observed): Finding['severity'][] {
  return findingsOf(rule, spec, seen).map(({ severity }) => severity)
}
