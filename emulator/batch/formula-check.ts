import type { Call, Json, JsonObject } from '../kernel/types.ts'
import { refuse, refuseMissing, refuseProperty } from './batch-errors.ts'
import { parseFormula, placeIn } from './formula.ts'
import { textOf } from './json.ts'
import { durationMs } from './time.ts'

/** "The formula string cannot exceed 8 KB" (doc); as characters in the clients' lists of error codes. */
const LONGEST_FORMULA = 8_192
const SHORTEST_INTERVAL_MS = 5 * 60_000
const LONGEST_INTERVAL_MS = 168 * 3_600_000

/** Throws the 400 for an automatic scale that Batch doesn't take. */
export function checkAutoScale(call: Call, { formula, evaluationInterval }: JsonObject): void {
  const names =
    call.operation.host === 'batch'
      ? { formula: 'autoScaleFormula', interval: 'autoScaleEvaluationInterval' }
      : { formula: 'formula', interval: 'evaluationInterval' }
  checkFormula(call, textOf(formula) ?? refuseMissing(call, names.formula))
  checkInterval(call, names.interval, evaluationInterval)
}

/** A formula is "checked for validity before the pool is created"; with what isn't one the request is rejected (contract). */
export function checkFormula(call: Call, formula: string): void {
  if (formula.length > LONGEST_FORMULA) {
    const message = 'The specified auto-scaling formula exceeds lengths limit.'
    refuse(call, { status: 400, code: 'AutoScaleFormulaTooLong', message })
  }
  const parsed = parseFormula(formula)
  if ('statements' in parsed) return
  refuse(call, {
    status: 400,
    code: 'AutoScalingFormulaSyntaxError',
    message: 'The specified auto-scaling formula has a syntax error.',
    details: [{ code: 'Message', message: `${placeIn(formula, parsed.at)}: ${parsed.problem}` }]
  })
}

/** @param name as the host that was called has it */
export function checkInterval(call: Call, name: string, interval: Json | undefined): void {
  if (interval === undefined) return
  const ms = durationMs(textOf(interval) ?? '')
  if (ms !== undefined && ms >= SHORTEST_INTERVAL_MS && ms <= LONGEST_INTERVAL_MS) return
  const reason = 'The minimum value is 5 minutes, and the maximum value is 168 hours'
  refuseProperty(call, { name, value: textOf(interval) ?? '', reason })
}
