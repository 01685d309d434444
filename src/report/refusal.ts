/** Errors among a plan's findings, as the failure that they are. */
import type { FailureReason } from '../model/failure.ts'
import type { Failure } from '../model/outcome.ts'
import type { Finding, Plan } from '../model/plan.ts'

/** What it means that a rule alone stops the run; any other, or several, are checks that failed. */
const REASON_OF_RULE: Readonly<Record<string, FailureReason>> = {
  'image-change': 'pool-change-refused',
  'another-pool': 'pool-change-refused',
  'pool-change-unmade': 'pool-change-refused',
  'pool-leased': 'pool-leased'
}

/** Undefined when the plan may be performed. */
export function refusalOf({ findings }: Plan): Failure | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return undefined
  const reasons = new Set(errors.map(({ rule }) => REASON_OF_RULE[rule] ?? 'check-failed'))
  const reason = reasons.size === 1 ? ([...reasons][0] ?? 'check-failed') : 'check-failed'
  if (errors.length === 1) return { reason, message: first.message, wayOut: first.wayOut, details: [] }
  return {
    reason,
    message: `${errors.length} checks say that this can’t work`,
    wayOut: 'fix them all, then run again; nothing was made',
    details: errors.map(({ rule, message, wayOut }: Finding) => `${rule}: ${message} — ${wayOut}`)
  }
}
