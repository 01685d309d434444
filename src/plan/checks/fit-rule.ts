import type { Situation } from '../situation.ts'
import { fitOf, type Fit } from './as-it-will-be.ts'
import { ofPool } from './of-pool.ts'
import type { Rule } from './rule.ts'

/** One row of the table of what goes together: pool × size × image × account, as they will be. */
export type FitRule = {
  id: string
  source: string
  check(fit: Fit, situation: Situation): ReturnType<Rule['check']>
  /** Also of a pool that has nodes of just this image and these properties: what is asked for is how many there are. */
  ofScale?: true
}

/** What Azure has made nodes of is no error, whatever a page says. */
export function toRule({ id, source, check, ofScale }: FitRule): Rule {
  return {
    id,
    source,
    check: ofPool((wanted, situation) => {
      const fit = fitOf(wanted, situation)
      return fit.isProved && ofScale !== true ? undefined : check(fit, situation)
    })
  }
}
